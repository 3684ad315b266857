import { isMainThread, parentPort as mainThread, Worker } from 'node:worker_threads';
import { keyring } from './keyring';
import { KeychainRequest, type KeychainReply } from './keychain-messages';

/** Electron's utility processes have `process.parentPort`, Node's forks `process.send`. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
};

const answer = async (request: KeychainRequest): Promise<string | null> => {
  const chain = keyring();
  switch (request.ask) {
    case 'get':
      return chain.get(request.name);
    case 'set':
      await chain.set(request.name, request.value);
      return null;
    case 'remove':
      await chain.remove(request.name);
      return null;
  }
};

const replyTo = async (message: unknown): Promise<KeychainReply> => {
  try {
    return { ok: true, value: await answer(KeychainRequest.parse(message)) };
  } catch {
    // What the library says could name the secret: our parent only needs to know that there is none.
    return { ok: false };
  }
};

/** The library blocks its thread while the keychain is silent; this one hears that the parent has gone. */
const passOn = (): void => {
  const worker = new Worker(__filename);
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    parentPort.on('message', ({ data }) => worker.postMessage(data));
    worker.on('message', (reply) => parentPort.postMessage(reply));
    return;
  }
  process.on('message', (message) => worker.postMessage(message));
  worker.on('message', (reply) => process.send?.(reply));
  // An orderly end would wait for the blocked thread.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
};

if (isMainThread) passOn();
else mainThread?.on('message', (message) => void replyTo(message).then((reply) => mainThread?.postMessage(reply)));
