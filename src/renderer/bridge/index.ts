import type { z } from 'zod';
import type { Bridge, CallName, Calls, EventName, Events } from '../../shared/ipc/contract';
import type { CallError } from '../../shared/ipc/result';

declare global {
  interface Window {
    /** Put there by the preload; nothing but this file touches it. */
    readonly picferry: Bridge;
  }
}

export type { CallName };
export type CallInput<K extends CallName> = z.input<Calls[K]['input']>;
export type CallOutput<K extends CallName> = z.output<Calls[K]['output']>;
export type EventOf<K extends EventName> = z.output<Events[K]>;

/** A call that main answered with a coded failure: `error.problem` is what to tell the person. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  constructor(readonly error: CallError) {
    super(error.code);
  }
}

/** The window's way to main: calls that resolve to their value or reject with CallFailure, and events. */
export interface Client {
  readonly call: <K extends CallName>(name: K, input: CallInput<K>) => Promise<CallOutput<K>>;
  /** Runs `act`; resolves when all calls that it made at once are answered, well or not. */
  readonly answered: (act: () => void) => Promise<void>;
  /** Returns the unsubscribe. */
  readonly on: <K extends EventName>(name: K, listener: (event: EventOf<K>) => void) => () => void;
  /** The path behind a dropped or pasted file; '' when there is none. */
  readonly pathOf: (file: File) => string;
}

export const createClient = (bridge: Bridge): Client => {
  const open = new Set<Promise<unknown>>();
  return {
    call: async (name, input) => {
      const answer = bridge.invoke(name, input);
      open.add(answer);
      const result = await answer.finally(() => open.delete(answer));
      if (result.ok) return result.value;
      throw new CallFailure(result.error);
    },
    answered: async (act) => {
      const before = new Set(open);
      act();
      await Promise.allSettled([...open].filter((answer) => !before.has(answer)));
    },
    on: (name, listener) => bridge.on(name, listener),
    pathOf: (file) => bridge.pathOf(file),
  };
};

export const windowBridge = (): Bridge => window.picferry;
