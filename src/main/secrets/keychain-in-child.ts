import type { ChildProcessPort } from '../services';
import type { Keychain } from './contract';
import { KeychainReply, type KeychainRequest } from './keychain-messages';

/** A keychain asked in a process of its own, one for each question: whatever it does there, this process goes on and can end. */
export function keychainInChild(children: ChildProcessPort): Keychain {
  const ask = (request: KeychainRequest, signal: AbortSignal | undefined): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const child = children.start('keychain');
      const end = (): void => {
        signal?.removeEventListener('abort', giveUp);
        for (const off of offs) off();
        child.kill();
      };
      const giveUp = (): void => {
        end();
        reject(new Error('the keychain did not answer'));
      };
      const offs = [
        child.onMessage((message) => {
          const { data: reply } = KeychainReply.safeParse(message);
          end();
          if (reply?.ok === true) resolve(reply.value);
          else reject(new Error('the keychain refused'));
        }),
        child.onExit(giveUp),
      ];
      if (signal?.aborted === true) return giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
      child.send(request);
    });
  return {
    get: (name, signal) => ask({ ask: 'get', name }, signal),
    set: async (name, value, signal) => void (await ask({ ask: 'set', name, value }, signal)),
    remove: async (name, signal) => void (await ask({ ask: 'remove', name }, signal)),
  };
}
