import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, type BuiltServices } from '../../src/main/create-services';
import { SETTINGS_FILE } from '../../src/main/settings';
import type { ApiScope } from '../../src/shared/model/local-api';
import type { LocalApiSettings } from '../../src/shared/model/settings';
import { png } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';

/** What the API answers. */
export type Answer = { readonly success: boolean; readonly result?: unknown; readonly message?: string; readonly fullResult?: readonly FullEntry[] };
export type FullEntry = { readonly id: string; readonly imgUrl: string; readonly fileName: string; readonly type: string; readonly error?: { readonly kind: string } };

/** The real services over a real data folder, a test host as the default account, and the local API open on a free port. */
export type ServerWorld = {
  readonly folder: string;
  readonly host: TestHost;
  readonly services: BuiltServices;
  readonly port: number;
  readonly url: string;
  /** Writes a file below the folder and gives its path; a fresh picture unless given. */
  readonly file: (name: string, bytes?: Uint8Array) => string;
  readonly token: (...scopes: readonly ApiScope[]) => string;
  readonly set: (part: Partial<LocalApiSettings>) => void;
  /** Sends JSON as a program does. */
  readonly post: (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<{ readonly status: number; readonly headers: Headers; readonly body: Answer }>;
  readonly close: () => Promise<void>;
};

export const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });

export async function openServerWorld(options: { readonly withoutTokenFor?: readonly string[] } = {}): Promise<ServerWorld> {
  process.env['PICFERRY_KEYCHAIN'] = 'off';
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'picferry-server-')));
  const host = await startTestHost();
  const settingsFile = join(folder, 'home', 'store', SETTINGS_FILE);
  const services = await createServices({
    dataFolder: join(folder, 'home'),
    settingsStore: {
      read: () => (existsSync(settingsFile) ? (JSON.parse(readFileSync(settingsFile, 'utf8')) as unknown) : {}),
      write: (settings) => writeFileSync(settingsFile, JSON.stringify(settings)),
    },
    children: {
      start: () => {
        throw new Error('no child is needed here');
      },
    },
    systemProxy: null,
    onFault: (what, error) => {
      throw new Error(what, { cause: error });
    },
    now: Date.now,
  });
  services.accounts.save({ name: 'wiz', provider: 'wizs', url: host.urls.wizs, settings: {}, secrets: { key: host.keys.wizs } });
  services.settings.update((now) => ({ ...now, language: 'en' }));
  services.queue.start();
  const withoutTokenFor = (options.withoutTokenFor ?? []).map((name) => join(folder, name));
  for (const path of withoutTokenFor) mkdirSync(path, { recursive: true });
  const lease = await services.localApi.open({ port: 0, withoutTokenFor });
  const port = Number(new URL(lease.url).port);
  let tokens = 0;
  return {
    folder,
    host,
    services,
    port,
    url: lease.url,
    file: (name, bytes = png()) => {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, bytes);
      return path;
    },
    token: (...scopes) => services.localApi.addToken(`program ${(tokens += 1)}`, scopes.length === 0 ? ['upload', 'clipboard', 'delete'] : scopes).token,
    set: (part) => services.settings.update((now) => ({ ...now, localApi: { ...now.localApi, ...part } })),
    post: async (path, body, headers = {}) => {
      const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await fetch(`${lease.url}${path}`, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer };
    },
    close: async () => {
      await services.close();
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type RawReply = { readonly status: number; readonly head: string; readonly body: string };

/** Sends these very bytes on a connection of its own, and gives the answer once the server has closed it or it is whole. */
export function sendBytes(port: number, bytes: string | Buffer): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    const parse = (): RawReply | null => {
      const at = text.indexOf('\r\n\r\n');
      if (at < 0) return null;
      const head = text.slice(0, at);
      const body = text.slice(at + 4);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (length !== undefined && Buffer.byteLength(body) < Number(length)) return null;
      return { status: Number(head.split(' ')[1]), head, body };
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const reply = parse();
      if (reply === null) return;
      resolve(reply);
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const reply = parse();
      if (reply === null) reject(new Error(`no whole answer: ${text.slice(0, 200)}`));
      else resolve(reply);
    });
  });
}
