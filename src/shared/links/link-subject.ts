import type { MediaKind } from '../model/job';

/** What a link is made of. */
export type LinkSubject = {
  readonly url: string;
  /** The file's own name, with extension. */
  readonly name: string;
  readonly kind: MediaKind;
  readonly width: number | null;
  readonly height: number | null;
  readonly accountName: string;
  /** Epoch milliseconds. */
  readonly uploadedAt: number;
};
