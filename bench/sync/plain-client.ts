import { diff3Merge } from 'node-diff3';
import type { DocumentSync } from '../../src/main/providers/contract';
import { PicferryError } from '../../src/lib/picferry-error';
import { localTexts } from '../../src/main/sync/local-texts';
import { NOTHING, type Client, type MakeClient, type Shared } from '../../test/sync/simulation';
import { KEY, type SimulatedWorld } from '../../test/sync/sync-world';

/** Merges two documents over the one both had, taking theirs wherever it would have to ask. */
type Merge = (base: string, mine: string, theirs: string) => Promise<{ readonly text: string; readonly needless: number }>;

const call = { signal: new AbortController().signal };

/** Structure like ours, but over whatever was synced last. */
const structural: Merge = async (base, mine, theirs) => {
  const first = await localTexts.merge(base, mine, theirs, {}, {});
  if (first.status === 'merged') return { text: first.text, needless: 0 };
  if (first.status === 'refused') return { text: theirs, needless: 1 };
  const taken = Object.fromEntries(first.conflicts.map(({ id }) => [id, { take: 'theirs' as const }]));
  const second = await localTexts.merge(base, mine, theirs, {}, taken);
  return { text: second.status === 'merged' ? second.text : theirs, needless: first.conflicts.filter(({ path }) => path[0] !== 'shared').length };
};

/** Each key of the document as one value, as settings of editors are synced. */
const topLevelKeys: Merge = (base, mine, theirs) => {
  const [b, m, t] = [base, mine, theirs].map((text) => JSON.parse(text) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
  const same = (a: unknown, c: unknown): boolean => JSON.stringify(a) === JSON.stringify(c);
  let needless = 0;
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(m), ...Object.keys(t)])) {
    const clash = !same(m[key], b[key]) && !same(t[key], b[key]) && !same(m[key], t[key]);
    if (clash && key !== 'shared') needless += 1;
    const value = same(t[key], b[key]) ? m[key] : t[key];
    if (value !== undefined) merged[key] = value;
  }
  return Promise.resolve({ text: JSON.stringify(merged, null, 2), needless });
};

/** Lines of the pretty-printed text. A result that is not JSON any more gives way to theirs. */
const lines: Merge = (base, mine, theirs) => {
  const split = (text: string): string[] => JSON.stringify(JSON.parse(text), null, 2).split('\n');
  let needless = 0;
  const merged = diff3Merge(split(mine), split(base), split(theirs)).flatMap((part) => {
    if (part.ok !== undefined) return part.ok;
    needless += 1;
    return part.conflict?.b ?? [];
  });
  try {
    JSON.parse(merged.join('\n'));
    return Promise.resolve({ text: merged.join('\n'), needless });
  } catch {
    return Promise.resolve({ text: theirs, needless: needless + 1 });
  }
};

export const plainMerges = { 'plain pull, merge, push': structural, 'merge of top-level keys': topLevelKeys, 'diff3 of lines': lines } as const satisfies Readonly<Record<string, Merge>>;

/** A client as most are: pulls, merges over what it synced last, pushes, and believes what it is told. */
export const plainClient =
  (world: SimulatedWorld, merge: Merge): MakeClient =>
  (name, network): Client => {
    const host: DocumentSync = network.through(world.hostOf());
    let mine = JSON.stringify(NOTHING);
    let base: string | null = null;
    let needless = 0;
    const attempt = async (): Promise<void> => {
      const latest = await host.latest(KEY, name, call);
      if (latest !== null && base === null) mine = latest.text;
      else if (latest !== null && base !== null && latest.text !== base) {
        const merged = await merge(base, mine, latest.text);
        needless += merged.needless;
        mine = merged.text;
      }
      if (latest !== null) base = latest.text;
      if (latest !== null && JSON.stringify(JSON.parse(mine)) === JSON.stringify(JSON.parse(latest.text))) return;
      await host.push({ fileKey: KEY, text: mine, deviceId: name, deviceName: name, message: 'sync' }, call);
      base = mine;
    };
    return {
      read: () => JSON.parse(mine) as Shared,
      write: (document) => (mine = JSON.stringify(document)),
      sync: async () => {
        for (let tries = 0; tries < 12; tries += 1) {
          try {
            await attempt();
            return true;
          } catch (error) {
            if (!(error instanceof PicferryError)) throw error;
          }
        }
        return false;
      },
      needlessQuestions: () => needless,
    };
  };
