import type { Send } from '../../ipc';
import type { Output } from '../../output';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';
import type { MenuCommand } from '../menu-template';

/** What everything that works without the window is built from. */
export type DesktopDeps = {
  readonly parts: AppParts;
  readonly loaded: Loaded;
  readonly send: Send;
  readonly output: Output;
  /** Shows the window and has it do this. */
  readonly command: (command: MenuCommand) => void;
  readonly showWindow: () => void;
  readonly quit: () => void;
  /** Aborted when Picferry ends; what was started here ends with it. */
  readonly lifetime: AbortSignal;
};
