import type { SharedMarks, SharedRow } from './shared-row';
import type { Here } from './standing';

/** What this device says of a record from now on. */
export type Said = {
  readonly id: string;
  /** The part that spoke of it so far. */
  readonly part: number | null;
  /** Null: nothing any more. Undefined: what was said stands. */
  readonly row: SharedRow | null | undefined;
  /** To be given back when the row is on disk. */
  readonly change: { readonly nr: number; readonly here: Here | null; readonly state: SharedMarks };
};

/** Tells what this device says of records that changed here. */
export interface Saying {
  /** How many wait to be told of. */
  waiting(): number;
  /** The next ones. Asked again before `told` it says the same, and what changed meanwhile. */
  next(self: string, limit: number): readonly Said[];
  /** To be called when their rows are on disk, in the parts given. What changed meanwhile waits on. */
  told(self: string, all: readonly { readonly said: Said; readonly part: number | null }[]): Promise<void>;
}

/** `hide`: records that are not here stay out of sight. `part`: it is this device's own part that says so. */
export type TakeOptions = { readonly hide?: boolean; readonly part?: number };

/**
 * Takes over what another device says of records, in slices. False when some have to wait: they changed here, and what
 * this device says of them comes first.
 */
export type Take = (device: string, rows: ReadonlyMap<string, SharedRow>, options?: TakeOptions) => Promise<boolean>;

/** How a library that meets those of other devices begins. Nothing is removed anywhere by any of them. */
export type SharingBeginning =
  /** Every record of each goes to all. */
  | 'merge'
  /** Others' records come here; those that are here stay here alone. Later ones are shared. */
  | 'take'
  /** Those that are here go to the others; what others have had so far stays out of sight here. Later ones come. */
  | 'give';

export type SharedWith = { readonly account: string; readonly device: string; readonly begun: boolean };

/** This library's part in the one that devices share: what changed here, what others said. It reaches no host. */
export interface LibrarySharing extends Saying {
  /** Null while it is off. */
  current(): SharedWith | null;
  /** Shared with this account, as this device. Nothing is told or taken before it has begun. With another account or device than before everything is told anew. */
  switchOn(account: string, device: string): void;
  /** Changes are noted from now on, and everything that is to be shared waits to be told. */
  begin(how: SharingBeginning): Promise<void>;
  /** What others said stays known, so that it may be switched on again. `remove`: their records leave this library. */
  switchOff(others: 'keep' | 'remove'): Promise<void>;
  /** How many records came from other devices. */
  others(): number;
  /** How many records other devices never heard of and would get; counted in slices. */
  untold(): Promise<number>;
  /** How many of these are here, and how many of them are among those that others would get. */
  here(ids: readonly string[]): { readonly all: number; readonly own: number };
  readonly take: Take;
  /** What of a device's part is known: of another device's, what is in this library; of this one's, what the host has. Null: changed since, or never seen. */
  digest(device: string, part: number): string | null;
  setDigest(device: string, part: number, digest: string | null): void;
  /** Parts of this device that the host does not have as they are. */
  unsent(device: string): readonly number[];
  /** A part of this device is lost: its records are told anew. */
  lost(part: number): Promise<void>;
  nameDevice(device: string, name: string): void;
}
