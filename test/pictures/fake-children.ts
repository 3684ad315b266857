import type { Child, ChildProcessPort } from '../../src/main/services';

type Asked = { readonly id: number; readonly path: string };
export type FakeChild = Child & { readonly asked: Asked[]; readonly reply: (message: unknown) => void; readonly die: () => void; killed: boolean; /** What it holds of memory. */ holds: number | null };

/** Child processes that a test answers for, and a clock that it moves. */
export function createFakeChildren() {
  const started: FakeChild[] = [];
  const children: ChildProcessPort = {
    start: () => {
      const messages = new Set<(message: unknown) => void>();
      const exits = new Set<(code: number | null) => void>();
      const child: FakeChild = {
        asked: [],
        killed: false,
        holds: null,
        held: () => child.holds,
        send: (message) => void child.asked.push(message as Asked),
        onMessage: (listener) => (messages.add(listener), () => void messages.delete(listener)),
        onExit: (listener) => (exits.add(listener), () => void exits.delete(listener)),
        kill: () => void (child.killed = true),
        reply: (message) => [...messages].forEach((listener) => listener(message)),
        die: () => [...exits].forEach((listener) => listener(null)),
      };
      started.push(child);
      return child;
    },
  };
  const timers = new Map<object, { readonly ms: number; readonly act: () => void }>();
  const after = (ms: number, act: () => void) => {
    const key = {};
    timers.set(key, { ms, act });
    return () => void timers.delete(key);
  };
  const elapse = (ms: number): void => {
    for (const [key, timer] of [...timers]) if (timer.ms <= ms && timers.delete(key)) timer.act();
  };
  return { children, started, after, elapse };
}
