import { setTimeout as pause } from 'node:timers/promises';
import { portOwner } from '../../host/port-owner';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { createApiApp } from './api-app';
import type { ApiDeps, ApiPort } from './api-env';
import { listen, type Listening } from './listen';

/** How long a port may stay taken by a process of ours that is just ending. */
const PATIENCE_MS = 1000;
const RETRY_MS = 100;
/** How long answers under way may take once the port closes. */
const GRACE_MS = 300;

export type OpenPort = { readonly port: number; openConnections(): number; close(): Promise<void> };

/** Opens the API on a port of 127.0.0.1. Throws `PicferryError` saying by what it is taken. */
export async function openPort(deps: ApiDeps, port: number, withoutTokenFor: ApiPort['withoutTokenFor'], patienceMs = PATIENCE_MS): Promise<OpenPort> {
  const lifetime = new AbortController();
  let listening: Listening | null = null;
  const app = createApiApp(deps, { port: () => listening?.port ?? port, withoutTokenFor, signal: lifetime.signal });
  const until = deps.now() + patienceMs;
  for (;;) {
    const outcome = await listen(app, port, deps.limits);
    if (outcome.ok) {
      const open = (listening = outcome.listening);
      return {
        port: open.port,
        openConnections: open.openConnections,
        close: () => {
          lifetime.abort();
          return open.stop(GRACE_MS);
        },
      };
    }
    if (outcome.code !== 'EADDRINUSE') throw refused(port, outcome.code, deps.now());
    if (deps.now() >= until) throw await taken(port, deps.now());
    await pause(RETRY_MS);
  }
}

const refused = (port: number, code: string, at: number): PicferryError =>
  new PicferryError(problemOf({ kind: 'internal', sub: 'portRefused', message: 'apiPortRefused', params: { port, code }, retryable: true }, at));

async function taken(port: number, at: number): Promise<PicferryError> {
  const by = await portOwner(port, '');
  const part = { kind: 'internal', sub: 'portTaken', retryable: true } as const;
  if (by.kind !== 'process') return new PicferryError(problemOf({ ...part, message: 'apiPortTaken', params: { port } }, at));
  return new PicferryError(problemOf({ ...part, message: 'apiPortTakenBy', params: { port, program: by.name, pid: by.pid } }, at));
}
