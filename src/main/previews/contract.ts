/** An original as the page protocol serves it: by ranges, with a safe type, from a file of ours or the person's. */
export type Served = { readonly path: string; readonly type: string; readonly bytes: number };

/** An upload's original, or that of a row which a host lists. */
export type Original = { readonly uploadId: string } | { readonly accountId: string; readonly url: string };

/** Originals that the window may load, each under a random address for as long as it is open. Rejects with `PicferryError`. */
export interface PreviewsService {
  openUpload(id: string, signal: AbortSignal): Promise<{ readonly address: string; readonly kind: 'image' | 'video'; readonly from: 'file' | 'host'; readonly bytes: number | null }>;
  openRemote(accountId: string, url: string, signal: AbortSignal): Promise<{ readonly address: string; readonly kind: 'image' | 'video'; readonly from: 'file' | 'host'; readonly bytes: number | null }>;
  /** Makes a file loadable by the window until it is closed; `ours`: the file goes with its address. */
  share(file: Served, ours: boolean): string;
  /** Ends the opening of this original if it is still under way; it rejects as cancelled then. */
  stop(which: Original): void;
  close(address: string): void;
  /** What lies under the random part of an address; undefined when nothing does (any more). */
  served(token: string): Served | undefined;
  /**
   * Rows on screen without a thumbnail: makes or fetches what can be had; what only a window can draw is in `page`. Those in
   * `later` were not tried to the end, because others were asked for or it took long. A row in neither has its thumbnail, or none
   * can be had. Never rejects.
   */
  wantThumbs(ids: readonly string[]): Promise<{
    readonly page: readonly { readonly id: string; readonly address: string; readonly kind: 'image' | 'video' }[];
    readonly later: readonly string[];
  }>;
  /** Takes a thumbnail that the window drew, after looking at it, and how long a video lasts as far as the window can tell. */
  putThumb(id: string, bytes: Uint8Array, seconds: number | null): Promise<void>;
  /** Small pictures of remote rows, fetched within a bound; null where that failed. */
  remoteThumbs(accountId: string, urls: readonly string[], signal: AbortSignal): Promise<readonly (string | null)[]>;
  /** A thumbnail file was asked for and is gone or damaged: the uploads that name it are made new ones when they are looked at. */
  thumbMissing(name: string): void;
  /** Ends fetches and takes away what was fetched, for good. */
  end(): void;
}
