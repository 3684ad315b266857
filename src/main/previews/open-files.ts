import { rmSync } from 'node:fs';
import type { Served } from './contract';

type Entry = { readonly served: Served; /** A file of our own, removed with its address. */ readonly ours: boolean };

export type OpenFilesBound = { readonly addresses: number; /** Of our own files together. */ readonly bytes: number };

/** Files that the window may load, each under a random address. The oldest give way when there are too many. */
export interface OpenFiles {
  add(served: Served, ours: boolean): string;
  /** False when there was no such address. */
  close(address: string): boolean;
  served(token: string): Served | undefined;
  closeAll(): void;
}

const START = 'picture://preview/';

/** `newToken` must be unguessable. */
export function createOpenFiles(newToken: () => string, bound: OpenFilesBound): OpenFiles {
  const open = new Map<string, Entry>();
  const drop = (token: string): boolean => {
    const entry = open.get(token);
    open.delete(token);
    if (entry?.ours === true) rmSync(entry.served.path, { force: true });
    return entry !== undefined;
  };
  const ownBytes = (): number => [...open.values()].reduce((sum, { served, ours }) => sum + (ours ? served.bytes : 0), 0);
  const oldest = (ours: boolean, but: string): string | undefined => [...open].find(([token, entry]) => token !== but && (!ours || entry.ours))?.[0];
  return {
    add(served, ours) {
      const token = newToken();
      open.set(token, { served, ours });
      for (let first = oldest(false, token); open.size > bound.addresses && first !== undefined; first = oldest(false, token)) drop(first);
      for (let first = oldest(true, token); ownBytes() > bound.bytes && first !== undefined; first = oldest(true, token)) drop(first);
      return `${START}${token}`;
    },
    close: (address) => address.startsWith(START) && drop(address.slice(START.length)),
    served: (token) => open.get(token)?.served,
    closeAll: () => [...open.keys()].forEach(drop),
  };
}
