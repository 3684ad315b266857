import type { Switches } from '../switches';
import { hashOf, sameContent } from './content';
import type { DocumentStore, Version } from './document-store';
import { mergePushed } from './merge-pushed';

export type PushInput = {
  readonly fileKey: string;
  /** As `acceptContent` gave it. */
  readonly content: string;
  /** The document's text in the request. */
  readonly asSent: string;
  readonly deviceId: string;
  readonly deviceName: string | null;
  readonly message: string;
};

export type Pushed = {
  readonly version: number;
  readonly hash: string;
  /** `unchanged`: the head held this already. */
  readonly outcome: 'created' | 'unchanged' | 'conflict';
  readonly conflict: { readonly localVersion: number; readonly remoteVersion: number; readonly savedAsVersion: number } | null;
};

/** Stores one push, in one transaction. */
export function pushVersion(store: DocumentStore, input: PushInput, switches: Switches['wizs'], now: number): Pushed {
  return store.transaction(() => {
    store.seeDevice(input.deviceId, input.deviceName, now);
    const head = store.head(input.fileKey);
    const pushed = head === null ? create(store, input, { version: 1, parentHash: null, content: input.content }, switches, now) : onTop(store, input, head, switches, now);
    store.setCursor(input.fileKey, input.deviceId, pushed.version);
    return pushed;
  });
}

function onTop(store: DocumentStore, input: PushInput, head: Version, switches: Switches['wizs'], now: number): Pushed {
  if (switches.dedupe && sameContent(head.content, input.content)) {
    return { version: head.version, hash: head.hash, outcome: 'unchanged', conflict: null };
  }
  const next = { version: head.version + 1, parentHash: head.hash, content: input.content };
  const known = store.cursor(input.fileKey, input.deviceId);
  if (known >= head.version) return create(store, input, next, switches, now);
  if (switches.versionReuse) return create(store, input, { ...next, version: head.version, parentHash: head.parentHash }, switches, now);
  if (switches.baseTracking === 'none') return create(store, input, next, switches, now);
  const base = store.version(input.fileKey, known)?.content ?? '{}';
  const made = create(store, input, { ...next, content: mergePushed(base, head.content, input.content, switches.autoMerge) }, switches, now);
  const conflict = { localVersion: known, remoteVersion: head.version, savedAsVersion: made.version };
  store.addConflict({
    ...conflict,
    fileKey: input.fileKey,
    localDeviceId: input.deviceId,
    remoteDeviceId: head.deviceId,
    localContent: input.content,
    remoteContent: head.content,
    createdAt: now,
  });
  return { ...made, outcome: 'conflict', conflict };
}

type New = Pick<Version, 'version' | 'parentHash' | 'content'>;

function create(store: DocumentStore, input: PushInput, made: New, switches: Switches['wizs'], now: number): Pushed {
  const hash = hashOf(made.content, made.content === input.content ? input.asSent : made.content, switches);
  const message = switches.messageMax === null ? input.message : input.message.slice(0, switches.messageMax);
  store.put(input.fileKey, { ...made, hash, deviceId: input.deviceId, message, createdAt: now });
  return { version: made.version, hash, outcome: 'created', conflict: null };
}
