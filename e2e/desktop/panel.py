"""A desktop's panel as far as Picferry meets it: shows tray icons (StatusNotifierWatcher), reads and presses their menus
(com.canonical.dbusmenu), and takes notifications. Speaks JSON lines: a request on stdin, its answer on stdout."""
import json
import sys
import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

WATCHER = 'org.kde.StatusNotifierWatcher'
ITEM = 'org.kde.StatusNotifierItem'
MENU = 'com.canonical.dbusmenu'
PROPERTIES = 'org.freedesktop.DBus.Properties'
NOTIFICATIONS = 'org.freedesktop.Notifications'


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, '/StatusNotifierWatcher')
        self.items = []

    @dbus.service.method(WATCHER, in_signature='s', sender_keyword='sender')
    def RegisterStatusNotifierItem(self, service, sender=None):
        name, path = (sender, service) if service.startswith('/') else (service, '/StatusNotifierItem')
        self.items.append((name, path, sender))

    @dbus.service.method(WATCHER, in_signature='s')
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method(PROPERTIES, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return {'IsStatusNotifierHostRegistered': True, 'ProtocolVersion': dbus.Int32(0)}.get(name, dbus.Array([], signature='s'))


class Notifications(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, '/org/freedesktop/Notifications')
        self.notes = []

    @dbus.service.method(NOTIFICATIONS, in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        number = int(replaces) or len(self.notes) + 1
        labels = {str(actions[at]): str(actions[at + 1]) for at in range(0, len(actions), 2)}
        picture = str(hints.get('image-path', ''))
        self.notes.append({'id': number, 'summary': str(summary), 'body': str(body), 'actions': labels, 'picture': picture})
        return dbus.UInt32(number)

    @dbus.service.signal(NOTIFICATIONS, signature='us')
    def ActionInvoked(self, number, key):
        pass

    @dbus.service.method(NOTIFICATIONS, out_signature='as')
    def GetCapabilities(self):
        return ['body', 'actions']

    @dbus.service.method(NOTIFICATIONS, out_signature='ssss')
    def GetServerInformation(self):
        return ('panel', 'Picferry tests', '1', '1.2')

    @dbus.service.method(NOTIFICATIONS, in_signature='u')
    def CloseNotification(self, note):
        pass


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
names = [dbus.service.BusName(name, bus, do_not_queue=True) for name in (WATCHER, NOTIFICATIONS)]
watcher, notifications = Watcher(bus), Notifications(bus)
loop = GLib.MainLoop()


def call(interface, member, signature, args, then, path=None, fail=None):
    """Asks the icon's program without waiting: it may be asking this one at the same moment, as notifications do."""
    found = item()
    if found is None:
        return then(None)
    name, item_path = found
    bus.call_async(name, path or item_path, interface, member, signature, args, then, fail or failed)


def item():
    for name, path, _ in reversed(watcher.items):
        if bus.name_has_owner(name):
            return name, path
    return None


def get(name, then):
    call(PROPERTIES, 'Get', 'ss', (ITEM, name), then)


def plain(node):
    number, properties, children = node
    icon = properties.get('icon-data')
    return {
        'id': int(number),
        'label': str(properties.get('label', '')).replace('__', '_'),
        'type': str(properties.get('type', '')),
        'enabled': bool(properties.get('enabled', True)),
        'checked': int(properties.get('toggle-state', 0)) == 1,
        'icon': None if icon is None else bytes(bytearray(icon)).hex(),
        'children': [plain(child) for child in children],
    }


def layout(_):
    """The icon's menu, or one without lines while there is no icon."""
    def with_path(path):
        if path is None:
            return say(plain((0, {}, [])))
        call(MENU, 'GetLayout', 'iias', (0, -1, []), lambda *answer: say(plain(answer[1] if len(answer) == 2 else (0, {}, []))), path)
    get('Menu', with_path)


ENDED = [f'org.freedesktop.DBus.Error.{name}' for name in ('NoReply', 'ServiceUnknown', 'Disconnected')]


def press(number):
    """Answers whether the menu has such a line: one that was drawn anew since it was read has others. Quitting ends the program before it answers."""
    def refused(error):
        say(error.get_dbus_name() in ENDED)
    get('Menu', lambda path: call(MENU, 'Event', 'isvu', (int(number), 'clicked', dbus.String(''), 0), lambda: say(True), path, refused))


def look(_):
    def with_pixmaps(pixmaps):
        if pixmaps is None:
            return say(None)
        icon = '' if len(pixmaps) == 0 else bytes(bytearray(pixmaps[0][2])).hex()
        get('ToolTip', lambda tip: say(None if tip is None else {'tooltip': str(tip[2]), 'icon': icon}))
    get('IconPixmap', with_pixmaps)


def activate(_):
    call(ITEM, 'Activate', 'ii', (0, 0), lambda *_: say(None))


def notes(_):
    say(notifications.notes)


def act(value):
    notifications.ActionInvoked(dbus.UInt32(value[0]), value[1])
    say(None)


def hide_tray(_):
    bus.release_name(WATCHER)
    say(None)


def say(value):
    print(json.dumps({'value': value}), flush=True)


def failed(error):
    print(json.dumps({'error': f'{type(error).__name__}: {error}'}), flush=True)


requests = {'layout': layout, 'press': press, 'look': look, 'activate': activate, 'notes': notes, 'act': act, 'hide-tray': hide_tray}


def answer(stream, _condition):
    line = stream.readline()
    if line == '':
        loop.quit()
        return False
    name, value = json.loads(line)
    try:
        requests[name](value)
    except Exception as error:  # Whatever fails is the test's to judge.
        failed(error)
    return True


GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, answer)
say('ready')
loop.run()
