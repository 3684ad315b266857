"""A program with a window that copies a picture: PICTURE CLASS. Says so once it has the clipboard; ends with its input."""
import sys

import gi

gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk  # noqa: E402

path, name = sys.argv[1], sys.argv[2]
# Before the first window: GTK writes it into each one's WM_CLASS.
Gdk.set_program_class(name)


def ended(_source, _condition):
    Gtk.main_quit()
    return False


window = Gtk.Window(title=name)
window.show_all()
clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
clipboard.set_image(GdkPixbuf.Pixbuf.new_from_file(path))
Gdk.Display.get_default().sync()
print('copied', flush=True)
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, ended)
Gtk.main()
