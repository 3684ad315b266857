import { applyProfile } from './apply-profile';
import { loadSharp } from './load-sharp';
import { hardenSharp, makeThumbnail } from './make-thumbnail';
import { ImagingRequest } from './messages';

/** Electron's utility processes have `process.parentPort`, Node's forks `process.send`. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
};

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
const sharp = hardenSharp(loadSharp(__filename, process.platform));

const reply = (message: unknown): void => {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
};

const take = async (message: unknown): Promise<void> => {
  const request = ImagingRequest.parse(message);
  reply(request.do === 'thumbnail' ? await makeThumbnail(sharp, request) : await applyProfile(sharp, request));
};

// A fault in here must end the process: its parent starts a fresh one.
process.on('unhandledRejection', () => process.exit(1));
if (parentPort !== undefined) parentPort.on('message', ({ data }) => void take(data));
else {
  process.on('message', (message) => void take(message));
  process.on('disconnect', () => process.exit(0));
}
