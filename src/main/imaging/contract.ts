import type { NoThumbnail } from './messages';

export type Thumbnail = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: NoThumbnail };

/** Image work in a process of its own. */
export interface Imaging {
  /** Makes a thumbnail of the picture at `path` and resolves with its name in the thumbnails folder, or in another one. Never rejects. */
  thumbnail(path: string, folder?: string): Promise<Thumbnail>;
  /** Ends the process; what waits is answered with `crashed`. */
  close(): void;
}
