import type { NoThumbnail } from './messages';

export type Thumbnail = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: NoThumbnail };

/** Image work in a process of its own. */
export interface Imaging {
  /** Makes a thumbnail of the picture at `path` and resolves with its name in the thumbnails folder, or in another one. Never rejects. */
  thumbnail(path: string, folder?: string): Promise<Thumbnail>;
  /** Makes a square PNG of a menu's size, or of this edge in pixels, of the picture at `path` and keeps it as the file `to`; false when it cannot. Never rejects. */
  menuPicture(path: string, to: string, edge?: number): Promise<boolean>;
  /** Ends the process; what waits is answered with `crashed`. */
  close(): void;
}
