import { z } from 'zod';

const common = {
  /** How long an answer waits after the work is done. */
  answerAfterMs: z.number().int().nonnegative(),
  /** How fast bodies are read; null: as fast as they come. */
  throttleBytesPerSecond: z.number().int().positive().nullable(),
};

const wizs = z.strictObject({
  ...common,
  /** Off: pictures get a `.webp` name, as on the API page. */
  keepType: z.boolean(),
  videoOff: z.boolean(),
  /** How the server knows a device's base: from its pushes and the pulls that name it, from its pushes alone, or not at all. */
  baseTracking: z.enum(['push+pull', 'push', 'none']),
  /** Off: a push of what the head holds makes a version all the same. */
  dedupe: z.boolean(),
  /** What a push on an older base is saved as; `three-way` is the page's "auto-merged". */
  autoMerge: z.enum(['three-way', 'deep', 'shallow', 'pushed']),
  /** Answers carry a document as a value, or as a text that holds JSON. */
  contentOut: z.enum(['value', 'string']),
  /** Stores what PHP makes of a document when it decodes to arrays and encodes again: `{}` becomes `[]`. */
  phpRoundTrip: z.boolean(),
  hashStyle: z.enum(['plain', 'prefixed', 'raw']),
  /** `since_version=N` answers version N too. */
  sinceInclusive: z.boolean(),
  /** Updates come newest first. */
  descending: z.boolean(),
  pullIgnoresVersion: z.boolean(),
  /** A push on an older base takes the number of the version it did not know, which is then gone. */
  versionReuse: z.boolean(),
  /** A new version is missing in so many answers about history and updates. */
  historyLag: z.number().int().nonnegative(),
  /** Version messages are cut to so many characters. */
  messageMax: z.number().int().nonnegative().nullable(),
  /** Whose content `resolve_keep_local` keeps: that of the push the conflict is about, or the one the server had. */
  localMeans: z.enum(['pushed', 'stored']),
});
const easyimages = z.strictObject({
  ...common,
  /** The site's admin closed the API: code 201. */
  closed: z.boolean(),
  /** `del` holds the sentence "Admin closed user delete" instead of a link. */
  deleteClosed: z.boolean(),
  /** Off: a delete link says "deleted" whether or not the file existed. */
  recycleBin: z.boolean(),
});
const imgurl = z.strictObject({
  ...common,
  /** The same bytes again give the same record without a delete link. */
  dedupe: z.boolean(),
});
const chevereto = z.strictObject({
  ...common,
  /** 4 takes the key in the header or the form; 3 takes only the form field and gives no delete link. */
  version: z.union([z.literal(3), z.literal(4)]),
  numbers: z.enum(['text', 'number']),
  /** Moderation holds new files: no URL in the answer. */
  pending: z.boolean(),
  /** The same bytes within a day are refused with code 101. */
  refuseDuplicates: z.boolean(),
  /** Uploads a minute before code 130; null: any number. */
  floodPerMinute: z.number().int().positive().nullable(),
  /** Uploading is off for this account: code 401. */
  uploadsOff: z.boolean(),
});
const smms = z.strictObject({
  ...common,
  /** Every call answers that version 1 is shut. */
  retired: z.boolean(),
});

/** How the test host behaves where services of one family differ. */
export const Switches = z.strictObject({ wizs, easyimages, imgurl, chevereto, smms });
export type Switches = z.output<typeof Switches>;

/** Single switches to change; the rest stays. */
export const SwitchChanges = z.strictObject({
  wizs: wizs.partial().optional(),
  easyimages: easyimages.partial().optional(),
  imgurl: imgurl.partial().optional(),
  chevereto: chevereto.partial().optional(),
  smms: smms.partial().optional(),
});
export type SwitchChanges = z.output<typeof SwitchChanges>;

const quick = { answerAfterMs: 0, throttleBytesPerSecond: null };

/** The behaviour of the API pages; the product has no other. */
export const DEFAULT_SWITCHES: Switches = {
  wizs: {
    ...quick,
    keepType: true,
    videoOff: false,
    baseTracking: 'push+pull',
    dedupe: true,
    autoMerge: 'three-way',
    contentOut: 'value',
    phpRoundTrip: false,
    hashStyle: 'plain',
    sinceInclusive: false,
    descending: false,
    pullIgnoresVersion: false,
    versionReuse: false,
    historyLag: 0,
    messageMax: null,
    localMeans: 'pushed',
  },
  easyimages: { ...quick, closed: false, deleteClosed: false, recycleBin: true },
  imgurl: { ...quick, dedupe: true },
  chevereto: {
    ...quick,
    version: 4,
    numbers: 'text',
    pending: false,
    refuseDuplicates: true,
    floodPerMinute: null,
    uploadsOff: false,
  },
  smms: { ...quick, retired: false },
};

/** The switches after a change. */
export function changedSwitches(now: Switches, changes: SwitchChanges): Switches {
  // Parsed again: a change may name a switch with the value undefined.
  return Switches.parse({
    wizs: { ...now.wizs, ...changes.wizs },
    easyimages: { ...now.easyimages, ...changes.easyimages },
    imgurl: { ...now.imgurl, ...changes.imgurl },
    chevereto: { ...now.chevereto, ...changes.chevereto },
    smms: { ...now.smms, ...changes.smms },
  });
}
