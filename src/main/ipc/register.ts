import type { z } from 'zod';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { CallName, Calls } from '../../shared/ipc/contract';
import type { CallError, Result } from '../../shared/ipc/result';
import type { Problem } from '../../shared/model/problem';
import { isTrusted, type CallSender, type TrustedWindows } from './trusted-sender';

/** Answers one call. What it throws as `PicferryError` reaches the window as code `failed`, a full disk too; all else as `internal`. */
export type Handler<K extends CallName> = (
  input: z.output<Calls[K]['input']>,
) => z.output<Calls[K]['output']> | Promise<z.output<Calls[K]['output']>>;

/** One handler for every call of the contract; a missing one does not compile. */
export type Handlers = { readonly [K in CallName]: Handler<K> };

/** The handlers of one slice of the contract, such as `queue`. */
export type SliceHandlers<Slice extends string> = Pick<Handlers, Extract<CallName, `${Slice}:${string}`>>;

export type RegisterDeps = {
  /** Electron's `ipcMain.handle`. */
  readonly handle: (channel: string, listener: (event: CallSender, input: unknown) => Promise<Result<unknown>>) => void;
  readonly windows: TrustedWindows;
  /** Parses what handlers answer, too: for development and tests, since main itself is trusted. */
  readonly checkOutput: boolean;
  /** Keeps stack and cause under the id that the window shows. */
  readonly logFault: (fault: { readonly id: string; readonly call: string; readonly error: unknown }) => void;
  readonly newId: () => string;
  readonly now: () => number;
};

const MAX_DETAIL = 300;

/** Where a value is bad, never the value: it may be a secret. */
const placesOf = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.code}`).join('; ').slice(0, MAX_DETAIL);

/**
 * Answers every call of the contract: sender check, input check, run, encode. Nothing is ever thrown
 * to the window, since Electron would keep only an error's message.
 */
export const register = (contract: Calls, handlers: Handlers, deps: RegisterDeps): void => {
  const fail = (code: CallError['code'], problem: Problem, id = deps.newId()): Result<never> => ({ ok: false, error: { code, id, problem } });
  const fault = (code: 'refused' | 'invalid' | 'internal', detail: string, id?: string): Result<never> =>
    fail(code, problemOf({ kind: 'internal', message: 'internal', detail }, deps.now()), id);

  const run = async <K extends CallName>(name: K, input: unknown): Promise<Result<unknown>> => {
    const parsed = contract[name].input.safeParse(input);
    if (!parsed.success) return fault('invalid', `${name}: ${placesOf(parsed.error)}`);
    try {
      const handler = handlers[name] as (input: unknown) => unknown;
      const value = await handler(parsed.data);
      if (deps.checkOutput) contract[name].output.parse(value);
      return { ok: true, value };
    } catch (error) {
      if (error instanceof PicferryError) return fail('failed', error.problem);
      const disk = diskProblem(error, deps.now());
      if (disk?.message === 'diskFull') return fail('failed', disk);
      const id = deps.newId();
      deps.logFault({ id, call: name, error });
      return fault('internal', `${name}: ${error instanceof Error ? error.name : typeof error} (${id})`, id);
    }
  };

  for (const name of Object.keys(contract) as CallName[]) {
    deps.handle(name, async (event, input) => (isTrusted(event, deps.windows, name) ? run(name, input) : fault('refused', name)));
  }
};
