import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** The window's way to a capture, and that of the capture's own windows to main. */
export const captureHandlers = ({ desktop }: HandlerDeps): SliceHandlers<'capture' | 'capturing'> => ({
  'capture:start': async ({ kind, target }) => {
    await (await desktop()).captureFromWindow(kind, { accountId: target.accountId ?? null, albumId: target.albumId ?? null });
  },
  'capturing:view': async ({ token }) => (await desktop()).capturing.view(token),
  'capturing:frame': async ({ token }) => (await desktop()).capturing.frame(token),
  'capturing:window-frame': async ({ token, id, size }) => (await desktop()).capturing.windowFrame(token, id, size),
  'capturing:ready': async ({ token }) => {
    (await desktop()).capturing.ready(token);
  },
  'capturing:here': async ({ token }) => {
    (await desktop()).capturing.here(token);
  },
  'capturing:take': async ({ token, png, part }) => {
    (await desktop()).capturing.take(token, png, part);
  },
  'capturing:elapsed': async ({ token }) => {
    (await desktop()).capturing.elapsed(token);
  },
  'capturing:cancel': async ({ token }) => {
    (await desktop()).capturing.cancel(token);
  },
});
