import type { CallName, Calls } from '../../../shared/ipc/contract';
import type { z } from 'zod';
import type { ClipboardPort, DialogsPort } from '../../platform';
import type { LinkSubject } from '../../../shared/links';
import type { LinkFormat, Settings } from '../../../shared/model/settings';
import type { QueueInput } from '../../queue';
import type { Services } from '../../services';

/** Turns what a person hands over into inputs of the queue; bytes are on disk before it resolves. */
export interface Intake {
  /** Files as they are; folders are walked for pictures and videos, in the order of their names. One bad path never costs another. */
  paths(paths: readonly string[]): Promise<readonly QueueInput[]>;
  bytes(name: string, bytes: Uint8Array): Promise<QueueInput>;
  /** Fetches a picture; private addresses are refused. Throws `PicferryError`. */
  url(url: string, signal: AbortSignal): Promise<QueueInput>;
}

export type AppInfo = Omit<z.output<Calls['app:info']['output']>, 'vault'>;

/** What the handlers stand on. Calls made before the services are built wait for them. */
export type HandlerDeps = {
  readonly services: () => Promise<Services>;
  readonly intake: () => Promise<Intake>;
  readonly clipboard: ClipboardPort;
  readonly dialogs: DialogsPort;
  /** Opens a link outside Picferry; throws `PicferryError` for one that must not be opened. */
  readonly openLink: (url: string, options: { readonly httpAllowed: boolean }) => Promise<void>;
  readonly linkOf: (subject: LinkSubject, format: LinkFormat, templates: Settings) => string;
  readonly openFolder: (path: string) => Promise<void>;
  readonly info: () => AppInfo;
  /** Aborted when Picferry quits: ends calls that wait for a host. */
  readonly lifetime: AbortSignal;
  readonly now: () => number;
};

export type Output<K extends CallName> = z.output<Calls[K]['output']>;
