import type { Control } from './control';
import type { DocumentStore } from './documents';
import type { FileStore } from './file-store';
import type { Dialect, HostKeys, HostLimits } from './host-options';
import type { CallName, HostApp, HostCall } from './http-call';
import type { Switches } from './switches';

/** What the dialects work with. */
export type HostContext = {
  readonly store: FileStore;
  readonly documents: DocumentStore;
  readonly keys: HostKeys;
  readonly limits: HostLimits;
  readonly now: () => number;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly baseUrl: () => string;
  /** The same for delete links of services that keep them on another domain. */
  readonly deleteBaseUrl: () => string;
  readonly switches: () => Switches;
  /** Takes failures of the host itself; they never name a secret. */
  readonly report: (error: unknown) => void;
  /** Null in the product. */
  readonly control: Control | null;
};

/** Registers one call of a dialect, for one method or for every one: then the dialect itself answers a wrong one. */
export function handle(
  host: HostContext,
  app: HostApp,
  path: string,
  { method, ...meta }: { readonly dialect: Dialect; readonly call: CallName; readonly method?: string },
  work: (call: HostCall) => Response | Promise<Response>,
): void {
  const { control } = host;
  const run = (call: HostCall): Response | Promise<Response> => (control ? control.run(meta, call, () => work(call)) : work(call));
  if (method === undefined) app.all(path, run);
  else app.on(method, path, run);
}
