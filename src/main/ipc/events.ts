import type { z } from 'zod';
import { events, type EventName, type Events } from '../../shared/ipc/contract';

/** A window that listens: one of ours, with its page loaded. */
export interface EventTarget {
  send(channel: string, payload: unknown): void;
}

export type Send = <K extends EventName>(name: K, event: z.output<Events[K]>) => void;

/** Tells every window what changed. Events are parsed only where `check` is on: main itself is trusted. */
export const createSend = (targets: () => readonly EventTarget[], check: boolean): Send => {
  return (name, event) => {
    if (check) events[name].parse(event);
    for (const target of targets()) target.send(name, event);
  };
};
