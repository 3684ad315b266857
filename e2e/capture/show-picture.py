"""Shows a picture in a bare window of its own, pixel for pixel: PICTURE X Y TITLE. Says so once it is drawn; ends with its input."""
import ctypes
import sys

import gi

gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
gi.require_version('GdkX11', '3.0')
from gi.repository import Gdk, GdkX11, GLib, Gtk  # noqa: E402, F401

path, x, y, title = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
told = False


def mark(window_id):
    """What a window manager says of a window that is shown; without one, as here, others would not list it."""
    x11 = ctypes.CDLL('libX11.so.6')
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    atom = ctypes.c_ulong(x11.XInternAtom(display, b'WM_STATE', 0))
    normal = (ctypes.c_long * 2)(1, 0)
    x11.XChangeProperty(display, ctypes.c_ulong(window_id), atom, atom, 32, 0, ctypes.byref(normal), 2)
    x11.XSync(display, 0)
    x11.XCloseDisplay(display)


def painted(_clock):
    global told
    if told:
        return
    told = True
    mark(window.get_window().get_xid())
    GLib.timeout_add(100, lambda: print('shown', flush=True))


def ended(_source, _condition):
    Gtk.main_quit()
    return False


window = Gtk.Window(title=title)
window.set_decorated(False)
window.set_resizable(False)
window.add(Gtk.Image.new_from_file(path))
window.move(x, y)
window.show_all()
window.get_window().get_frame_clock().connect('after-paint', painted)
window.queue_draw()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, ended)
Gtk.main()
