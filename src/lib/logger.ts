import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock';
import { makeFolder } from './make-folder';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Facts that go with a line. Secrets must not be passed; what looks like one is hidden all the same. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes what happened, for the person who looks for a fault. Never throws; holds no secret, delete link or full address. */
export interface Logger {
  /** `message` is a fixed sentence: what varies goes into `fields`. */
  log(level: LogLevel, message: string, fields?: LogFields): void;
}

/** Says nothing. */
export const silentLogger: Logger = { log: () => undefined };

export type FileLoggerOptions = {
  readonly folder: string;
  readonly now: Clock;
  /** Lines below it are left out; `info` unless told. */
  readonly level?: LogLevel;
  /** A file that grows beyond this many bytes is put away; 2 MB unless told. */
  readonly maxBytes?: number;
  /** How many older files stay; 3 unless told. */
  readonly keep?: number;
};

/**
 * A log file `picferry.log` in `folder`, one JSON value a line, older ones beside it as `picferry.1.log` and so on.
 * A disk that refuses costs the line, never the work.
 */
export function createFileLogger(options: FileLoggerOptions): Logger {
  const { folder, now, level = 'info', maxBytes = 2_000_000, keep = 3 } = options;
  const path = join(folder, 'picferry.log');
  let size: number | null = null;
  const rotate = (): void => {
    for (let n = keep; n >= 1; n -= 1) {
      const from = n === 1 ? path : join(folder, `picferry.${n - 1}.log`);
      rmSync(join(folder, `picferry.${n}.log`), { force: true });
      if (sizeOf(from) !== null) renameSync(from, join(folder, `picferry.${n}.log`));
    }
  };
  return {
    log(lineLevel, message, fields) {
      if (logLevels.indexOf(lineLevel) < logLevels.indexOf(level)) return;
      try {
        const known = fields === undefined ? {} : (redact(fields) as Record<string, unknown>);
        const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level: lineLevel, message: withoutAddresses(message), ...known })}\n`;
        if (size === null) {
          makeFolder(folder);
          size = sizeOf(path) ?? 0;
        }
        if (size > 0 && size + line.length > maxBytes) {
          rotate();
          size = 0;
        }
        appendFileSync(path, line, { mode: 0o600 });
        size += Buffer.byteLength(line);
      } catch {
        size = null;
      }
    },
  };
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;

const HIDDEN = '[hidden]';
const SECRET_NAME = /token|secret|passw|pass$|key$|^key|authori[sz]ation|cookie|credential|del(ete)?_?(url|link)|^del$/i;
const ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#@"'<>]*@)?([^\s/?#"'<>]*)[^\s"'<>]*/gi;
const TEXT_LIMIT = 2000;

/** Cuts every address in a text back to its origin: paths and queries of this trade carry delete links and keys. */
export const withoutAddresses = (text: string): string => text.replace(ADDRESS, '$1$2');

/**
 * A copy that is fit for a log: fields named like a secret are hidden, addresses are cut back to their origin,
 * bytes become their length, an Error becomes its name, code and stack.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutAddresses(value.length > TEXT_LIMIT ? `${value.slice(0, TEXT_LIMIT)}…` : value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? `[${typeof value}]` : value;
  if (depth > 5) return '[deep]';
  if (value instanceof Error) return errorFields(value, depth);
  if (value instanceof URL) return value.origin;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, SECRET_NAME.test(name) && item !== null && typeof item !== 'boolean' ? HIDDEN : redact(item, depth + 1)]),
  );
}

function errorFields(error: Error, depth: number): unknown {
  const more = error as Error & { readonly code?: unknown; readonly problem?: unknown };
  return {
    name: error.name,
    ...(typeof more.code === 'string' ? { code: more.code } : {}),
    ...(more.problem !== undefined ? { problem: redact(more.problem, depth + 1) } : {}),
    stack: withoutAddresses(error.stack ?? error.message),
    ...(error.cause !== undefined ? { cause: redact(error.cause, depth + 1) } : {}),
  };
}
