/** The services whose HTTP API the host can speak. */
export const DIALECTS = ['wizs', 'easyimages', 'imgurl', 'chevereto', 'smms'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** Credentials that open each dialect. `wizs` is the write key of the product. */
export type HostKeys = {
  readonly wizs: string;
  readonly easyimages: string;
  readonly imgurl: { readonly uid: string; readonly token: string };
  readonly chevereto: string;
};

/** Largest accepted file in bytes per dialect; `null` means no limit. */
export type HostLimits = Readonly<Record<Dialect, number | null>>;

const MIB = 1024 * 1024;

/** What the services themselves state (WiZs 50 MB) or are known for; the product has no limit at all. */
export const TEST_LIMITS: HostLimits = {
  wizs: 50 * MIB,
  easyimages: 10 * MIB,
  imgurl: 5 * MIB,
  chevereto: 25 * MIB,
  smms: 5 * MIB,
};
export const NO_LIMITS: HostLimits = { wizs: null, easyimages: null, imgurl: null, chevereto: null, smms: null };

export type HostOptions = {
  /** Data folder; made if missing. One folder may be served by one process at a time (ask `/heartbeat`). */
  readonly folder: string;
  /** A fixed port, 0 for any free one, or `kept`: chosen once per folder and used again from then on. */
  readonly port: number | 'kept';
  /** `product` speaks WiZs only, without limits or control calls; `test` speaks every dialect and obeys its control handle. */
  readonly mode: 'product' | 'test';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The WiZs write key. Left out: a new random one with every start. */
  readonly key?: string;
  /** Test mode: credentials of the other dialects; random ones are made for what is left out. */
  readonly keys?: Partial<HostKeys>;
  /** Test mode: replaces single limits. */
  readonly limits?: Partial<HostLimits>;
  /** Whether an answered upload survives power loss (file and database synced). Default: only in the product. */
  readonly durable?: boolean;
  /** Takes failures of the host itself (disk full, for one); nothing is written anywhere else. */
  readonly report?: (error: unknown) => void;
};

/** Who listens on a port, as far as it can be found out. */
export type PortOwner =
  | { readonly kind: 'picferry-host'; readonly folderId: string; readonly sameFolder: boolean }
  | { readonly kind: 'process'; readonly name: string; readonly pid: number }
  | { readonly kind: 'unknown' };

export type HostStartError =
  | { readonly code: 'port-taken'; readonly port: number; readonly by: PortOwner; readonly message: string }
  | { readonly code: 'port-refused'; readonly port: number; readonly message: string }
  | { readonly code: 'folder-unusable'; readonly message: string }
  | { readonly code: 'newer-data'; readonly message: string };
