import type { NewUpload } from '../../src/main/library';
import type { LibraryFilter, LibrarySort } from '../../src/shared/model/library-query';

/** What both stores are asked for: the first hundred of a view. */
export type Asked = { readonly filter: Partial<LibraryFilter>; readonly sort: LibrarySort };

/** A library of uploads, in whichever form, as a screen uses it. */
export interface StoreUnderTest {
  /** Fills an empty folder. */
  seed(uploads: Iterable<NewUpload>): Promise<void>;
  /** Opens it and reads what the first screen shows; how many uploads there are. */
  open(): Promise<number>;
  /** The moment after the first screen, in which whatever it does in the background is done. */
  settle(): Promise<void>;
  /** Returns when it would outlive the process. */
  insert(upload: NewUpload): Promise<void>;
  /** How many of the first hundred there are. */
  view(asked: Asked): Promise<number>;
  close(): void;
}
