export type Extent = { readonly width: number; readonly height: number };
/** How a picture lies in its room: its scale and its upper left corner, in CSS pixels. */
export type View = { readonly zoom: number; readonly x: number; readonly y: number };

const LEAST = 0.02;
const MOST = 8;

/** The scale at which one pixel of the picture is one of the screen. */
export const actualZoom = (pixelRatio: number): number => 1 / pixelRatio;

/** Where a picture may lie along one edge: anywhere as long as it fills the room, else in its middle. */
const held = (at: number, extent: number, room: number): number => (extent <= room ? (room - extent) / 2 : Math.min(0, Math.max(room - extent, at)));

const heldIn = ({ zoom, x, y }: View, picture: Extent, room: Extent): View => ({ zoom, x: held(x, picture.width * zoom, room.width), y: held(y, picture.height * zoom, room.height) });

/** The whole picture, never larger than it is. */
export const fitted = (picture: Extent, room: Extent, pixelRatio: number): View =>
  heldIn({ zoom: Math.min(actualZoom(pixelRatio), room.width / picture.width, room.height / picture.height), x: 0, y: 0 }, picture, room);

export const panned = (view: View, by: { readonly x: number; readonly y: number }, picture: Extent, room: Extent): View => heldIn({ zoom: view.zoom, x: view.x + by.x, y: view.y + by.y }, picture, room);

/** Another scale; what lies at `point` stays there as far as the picture's edges allow. */
export const zoomedAt = (view: View, zoom: number, point: { readonly x: number; readonly y: number }, picture: Extent, room: Extent): View => {
  const next = Math.min(MOST, Math.max(LEAST, zoom));
  const share = next / view.zoom;
  return heldIn({ zoom: next, x: point.x - (point.x - view.x) * share, y: point.y - (point.y - view.y) * share }, picture, room);
};
