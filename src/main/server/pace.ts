import type { IncomingMessage } from 'node:http';

/** Calls `onSlow` once when a body that is not complete brings less than it should. Returns the end of the watch. */
export function watchPace(request: IncomingMessage, { paceMs, paceBytes }: { readonly paceMs: number; readonly paceBytes: number }, onSlow: () => void): () => void {
  let before = request.socket.bytesRead;
  const timer = setInterval(() => {
    const now = request.socket.bytesRead;
    // A body that waits for our disk to be written is not slow.
    if (now - before < paceBytes && !request.isPaused()) {
      clearInterval(timer);
      onSlow();
    }
    before = now;
  }, paceMs);
  timer.unref();
  return () => clearInterval(timer);
}
