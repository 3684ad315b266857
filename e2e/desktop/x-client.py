"""Another program on the X display: `window` opens a window and takes the focus, `hold KEYSYM` takes a key with Ctrl+Alt+Shift for itself."""
import ctypes
import sys

x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XStringToKeysym.restype = ctypes.c_ulong
x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
x11.XGrabKey.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_int]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
x11.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
x11.XCreateSimpleWindow.restype = ctypes.c_ulong
x11.XCreateSimpleWindow.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 3 + [ctypes.c_ulong] * 2
x11.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
x11.XMapRaised.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
x11.XSetInputFocus.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]

CONTROL_ALT_SHIFT = 4 | 8 | 1
EXPOSURE, MAPPED = 1 << 15, 19

display = x11.XOpenDisplay(None)
root = x11.XDefaultRootWindow(display)
event = ctypes.create_string_buffer(192)
if sys.argv[1] == "hold":
    key = x11.XKeysymToKeycode(display, x11.XStringToKeysym(sys.argv[2].encode()))
    for lock in (0, 2, 16, 18):
        x11.XGrabKey(display, key, CONTROL_ALT_SHIFT | lock, root, 1, 1, 1)
    x11.XSync(display, 0)
    print("ready", flush=True)
else:
    window = x11.XCreateSimpleWindow(display, root, 700, 500, 200, 100, 0, 0, 0xFFFFFF)
    x11.XSelectInput(display, window, EXPOSURE | (1 << 17))
    x11.XMapRaised(display, window)
    while True:
        x11.XNextEvent(display, event)
        if ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0] == MAPPED:
            break
    x11.XSetInputFocus(display, window, 1, 0)
    x11.XSync(display, 0)
    print("ready", flush=True)
while True:
    x11.XNextEvent(display, event)
