import type { MediaKind } from '../model/job';

/** What a link is made of. */
export type LinkSubject = {
  readonly url: string;
  /** The file's own name, with extension. */
  readonly name: string;
  readonly kind: MediaKind;
  readonly width: number | null;
  readonly height: number | null;
  readonly accountId: string;
  readonly accountName: string;
  /** The name of the album it went into; null for none. May be found out when it is read. */
  readonly album: string | null;
  /** SHA-256 of the bytes in hex; null or '' where nobody knows it. */
  readonly sha256: string | null;
  /** Epoch milliseconds. */
  readonly uploadedAt: number;
};
