"""How GdkPixbuf shows a picture, its orientation followed: width, height, and red, green and blue at points given as shares. PICTURE [X Y]…"""
import json
import sys

import gi

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf  # noqa: E402

picture = GdkPixbuf.Pixbuf.new_from_file(sys.argv[1]).apply_embedded_orientation()
width, height, pixels = picture.get_width(), picture.get_height(), picture.get_pixels()
shares = [float(word) for word in sys.argv[2:]]
points = []
for x, y in zip(shares[::2], shares[1::2]):
    at = int(y * (height - 1)) * picture.get_rowstride() + int(x * (width - 1)) * picture.get_n_channels()
    points.append(list(pixels[at:at + 3]))
print(json.dumps({'width': width, 'height': height, 'points': points}))
