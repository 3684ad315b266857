import { type RunContext, sayTo } from './run-context';

/**
 * Waits until the uploads that an earlier process left can move no further. Ends early when the person cancels
 * or this process is to leave: what is left goes on the next time.
 */
export async function finishLeftovers(context: RunContext, count: number): Promise<void> {
  const { signal, leaving, services } = context;
  if (signal.aborted || leaving.aborted) return;
  sayTo(context, context.text('finishing', { number: count }));
  await Promise.race([services.queue.idle(), aborted(signal), aborted(leaving)]);
}

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
