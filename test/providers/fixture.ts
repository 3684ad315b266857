import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Memory, Provider, ProviderConfig, ProviderDefinition, Sought, UploadCall, UploadSource } from '../../src/main/providers/contract';
import { ProviderError } from '../../src/main/providers/errors';
import type { ClosableHttp, HttpOptions } from '../../src/main/providers/http';
import { createHttp } from '../../src/main/providers/http/create-http';
import { settingsSchema } from '../../src/main/providers/settings-schema';
import type { SettingValue } from '../../src/shared/model/provider';

/** Short enough to wait for, long enough for a busy machine. */
export const SHORT_LIMITS = { connectMs: 1_500, stallMs: 700, answerMs: 700 } as const;
const LONG_LIMITS = { connectMs: 15_000, stallMs: 15_000, answerMs: 15_000 } as const;

export const testHttp = (options: Partial<HttpOptions> = {}): ClosableHttp =>
  createHttp({
    limits: () => LONG_LIMITS,
    proxy: () => ({ mode: 'none' }),
    systemProxy: null,
    userAgent: 'Picferry/test',
    env: {},
    certificates: () => Promise.resolve([]),
    ...options,
  });

export const memoryOf = (values = new Map<string, string>()): Memory => ({
  get: (key) => values.get(key),
  set: (key, value) => void values.set(key, value),
});

export type Made = {
  readonly definition: ProviderDefinition;
  readonly url: string;
  readonly settings?: Readonly<Record<string, SettingValue>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly http?: ClosableHttp;
  readonly memory?: Memory;
  readonly now?: () => number;
};

export const configOf = ({ definition, url, settings = {}, secrets = {} }: Made): ProviderConfig => ({
  url,
  settings: settingsSchema(definition.settings).parse(settings),
  secrets,
});

/** A client as the accounts feature makes it. */
export const makeProvider = (made: Made): Provider =>
  made.definition.create(configOf(made), { http: made.http ?? testHttp(), memory: made.memory ?? memoryOf(), now: made.now ?? (() => Date.now()) });

export const sourceOf = (bytes: Buffer, name = 'picture.png', extra: Partial<UploadSource> = {}): UploadSource => ({
  name,
  size: bytes.length,
  mime: 'image/png',
  kind: 'image',
  open: () => Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }),
  ...extra,
});

/** An upload that is looked for, with no other upload known. */
export const soughtOf = (bytes: Buffer, name = 'picture.png', extra: Partial<Sought> = {}): Sought => ({
  name,
  size: bytes.length,
  sha256: () => Promise.resolve(sha256(bytes)),
  isTaken: () => false,
  ...extra,
});

export const callOf = (extra: Partial<UploadCall> = {}): UploadCall => ({
  signal: new AbortController().signal,
  albumId: null,
  onProgress: () => undefined,
  ...extra,
});

/** The error a call ends with; fails when it succeeds or ends with anything else. */
export const errorOf = async (call: Promise<unknown>): Promise<ProviderError> => {
  const outcome = await call.then(
    () => 'resolved',
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw new Error(`expected a ProviderError, got ${String(outcome)}`);
};

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Waits until the condition holds, looking after every turn of the event loop. */
export const until = async (condition: () => boolean, withinMs = 5_000): Promise<void> => {
  const end = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error('the condition did not come true');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
