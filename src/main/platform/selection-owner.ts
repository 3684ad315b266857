import type { Client, Display } from 'x11';

/** Core atoms of the protocol, known to every server. */
const [WM_CLASS, STRING] = [67, 31];
const LIMIT_MS = 1000;
/** A screen with more windows is not looked through. */
const MOST_WINDOWS = 2000;

/**
 * What the program that owns an X11 server's clipboard calls its windows (ICCCM 4.1.2.5, the class); '' where it has none, or there is no
 * server. The owner is mostly a hidden window without a name: then the program's other windows tell, known by their common base.
 * Never rejects.
 */
export async function selectionOwner(): Promise<string> {
  if ((process.env['DISPLAY'] ?? '') === '') return '';
  const { createClient } = await import('x11');
  return new Promise((resolve) => {
    let ended = false;
    let hangUp = (): void => undefined;
    const end = (name: string): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      hangUp();
      resolve(name);
    };
    const timer = setTimeout(() => end(''), LIMIT_MS);
    const client = createClient((error, display) => {
      if (error !== null && error !== undefined) return end('');
      // Before it is connected there is nothing to hang up.
      hangUp = () => display.client.terminate();
      if (ended) return hangUp();
      classOfOwner(display).then(end, () => end(''));
    });
    client.on('error', () => end(''));
  });
}

/** One call of the protocol as a promise. */
const asked = <T>(call: (answer: (error: unknown, value: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => call((error, value) => (error === null || error === undefined ? resolve(value) : reject(error instanceof Error ? error : new Error(String(error))))));

async function classOfOwner({ client, resource_mask: mask, screen }: Display): Promise<string> {
  const clipboard = await asked<number>((answer) => client.InternAtom(false, 'CLIPBOARD', answer));
  const owner = await asked<number>((answer) => client.GetSelectionOwner(clipboard, answer));
  if (owner === 0) return '';
  const own = await classOf(client, owner);
  if (own !== '') return own;
  const base = (owner & ~mask) >>> 0;
  // Window managers put a program's windows into frames of their own: they are found a step deeper.
  let level = screen.map(({ root }) => root);
  for (let depth = 0; depth < 3 && level.length <= MOST_WINDOWS; depth += 1) {
    level = (await Promise.all(level.map((window) => childrenOf(client, window)))).flat();
    for (const window of level.filter((one) => (one & ~mask) >>> 0 === base)) {
      const name = await classOf(client, window);
      if (name !== '') return name;
    }
  }
  return '';
}

/** A window may go at any time; then it has no children. */
const childrenOf = (client: Client, window: number): Promise<readonly number[]> =>
  asked<{ readonly children: readonly number[] }>((answer) => client.QueryTree(window, answer)).then(({ children }) => children, () => []);

/** The second of a window's two names. */
const classOf = (client: Client, window: number): Promise<string> =>
  asked<{ readonly data: Buffer }>((answer) => client.GetProperty(0, window, WM_CLASS, STRING, 0, 256, answer)).then(({ data }) => data.toString('latin1').split('\0')[1] ?? '', () => '');
