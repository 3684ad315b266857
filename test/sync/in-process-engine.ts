import type { ChildProcessPort } from '../../src/main/services';
import { serveEngine } from '../../src/main/sync/process/serve-engine';

/** The engine's process without a process: messages are cloned as between two, and it can be let die. */
export function inProcessEngine() {
  let started = 0;
  const deaths = new Set<() => void>();
  const children: ChildProcessPort = {
    start: () => {
      started += 1;
      const listeners = new Set<(message: unknown) => void>();
      const exits = new Set<(code: number | null) => void>();
      let alive = true;
      const end = (): void => {
        if (!alive) return;
        alive = false;
        deaths.delete(end);
        for (const tell of [...exits]) tell(null);
      };
      deaths.add(end);
      const take = serveEngine({
        send: (message) => {
          const copy: unknown = structuredClone(message);
          queueMicrotask(() => alive && listeners.forEach((listener) => listener(copy)));
        },
        end,
      });
      return {
        send: (message) => {
          const copy: unknown = structuredClone(message);
          queueMicrotask(() => alive && take(copy));
        },
        onMessage: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
        onExit: (listener) => (exits.add(listener), () => void exits.delete(listener)),
        held: () => null,
        kill: end,
      };
    },
  };
  return {
    children,
    started: () => started,
    /** As when the system ends the process. What it was doing in here goes on unheard. */
    die: () => [...deaths].forEach((end) => end()),
  };
}
