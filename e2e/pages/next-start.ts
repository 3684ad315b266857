import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, type ElectronApplication } from '@playwright/test';

/** A Picferry that started itself anew and shows its window. Playwright cannot drive one that it did not start. */
export type NextStart = {
  /** Closes its window, whereupon it quits; resolves when it is gone. */
  readonly close: () => Promise<void>;
};

type Target = { readonly id: string; readonly type: string; readonly title: string; readonly url: string };

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * Prepares to meet the process that an app starts in its own place, by Electron's own hand: it gets a debugging port that is
 * known here, in place of the one by which the test drives the first. The result resolves once its window is there.
 */
export const nextStart = async (app: ElectronApplication): Promise<() => Promise<NextStart>> => {
  const port = await freePort();
  await app.evaluate(({ app: electron }, driven) => {
    const relaunch = electron.relaunch.bind(electron);
    electron.relaunch = () => relaunch({ args: [...process.argv.slice(1).filter((word) => !/^--(inspect|remote-debugging-port)/.test(word)), driven] });
  }, `--remote-debugging-port=${String(port)}`);
  const ask = async (path: string): Promise<string | null> => {
    try {
      return await (await fetch(`http://127.0.0.1:${String(port)}/json/${path}`)).text();
    } catch {
      return null;
    }
  };
  const windows = async (): Promise<readonly Target[]> => (JSON.parse((await ask('list')) ?? '[]') as readonly Target[]).filter(({ type }) => type === 'page');
  return async () => {
    await expect.poll(windows, { timeout: 30_000 }).toMatchObject([{ title: 'Picferry', url: expect.stringContaining('app://picferry/') as unknown }]);
    const [window] = await windows();
    return {
      close: async () => {
        await ask(`close/${window?.id ?? ''}`);
        await expect.poll(() => ask('version')).toBeNull();
      },
    };
  };
};
