import type { CallName, Calls } from '../../../shared/ipc/contract';
import type { z } from 'zod';
import type { Desktop } from '../../desktop';
import type { OwnClipboard } from '../../clipboard';
import type { DialogsPort } from '../../platform';
import type { Intake } from '../../preparation';
import type { Services } from '../../services';

export type AppInfo = Omit<z.output<Calls['app:info']['output']>, 'vault'>;

/** What the handlers stand on. Calls made before the services are built wait for them. */
export type HandlerDeps = {
  readonly services: () => Promise<Services>;
  readonly intake: () => Promise<Intake>;
  /** What works without the window; it starts after the first screen is drawn. */
  readonly desktop: () => Promise<Desktop>;
  readonly clipboard: OwnClipboard;
  readonly dialogs: DialogsPort;
  /** Opens a link outside Picferry; throws `PicferryError` for one that must not be opened. */
  readonly openLink: (url: string, options: { readonly httpAllowed: boolean }) => Promise<void>;
  readonly openFolder: (path: string) => Promise<void>;
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void;
  /** Starts Picferry anew, once the answer to the call is on its way. */
  readonly restart: () => void;
  /** The window has kept what was half done in it: quitting goes on. */
  readonly windowKept: () => void;
  readonly info: () => AppInfo;
  /** Aborted when Picferry quits: ends calls that wait for a host. */
  readonly lifetime: AbortSignal;
  readonly now: () => number;
};

export type Output<K extends CallName> = z.output<Calls[K]['output']>;
