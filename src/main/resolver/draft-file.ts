import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, keepAside, writeFileAtomic } from '../../lib/atomic-file';
import { Decided, ItemState, NewerSide } from '../../shared/model/resolver';
import { SyncPath } from '../../shared/model/sync';
import type { Kept } from './choices';

const Step = z.strictObject({
  changes: z.array(z.tuple([z.string(), Decided.nullable(), Decided.nullable()])),
  whole: z.tuple([z.enum(['mine', 'theirs']).nullable(), z.enum(['mine', 'theirs']).nullable()]),
});
const Seen = z.strictObject({ is: z.string().nullable(), said: z.string().nullable() });
const Place = z.strictObject({ id: z.string(), place: z.string(), path: SyncPath, conflict: z.boolean(), base: Seen, mine: Seen, theirs: Seen });
const Draft = z.strictObject({
  format: z.literal(1),
  decided: z.array(z.tuple([z.string(), Decided])),
  past: z.array(Step),
  future: z.array(Step),
  whole: z.enum(['mine', 'theirs']).nullable(),
  drafts: z.array(z.tuple([z.string(), z.string()])).default([]),
  again: z.array(z.tuple([z.string(), z.strictObject({ sides: z.array(NewerSide), had: ItemState.nullable() })])).default([]),
  places: z.array(Place).default([]),
  wholeOf: z.string().nullable().default(null),
});

/** What a person decided and has not applied, kept over a close or a crash. A file that cannot be read is kept aside. */
export class DraftFile {
  constructor(
    private readonly path: string,
    private readonly now: () => number,
  ) {}

  read(): Kept | null {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
    const draft = Draft.safeParse(parsed(text));
    if (draft.success) return draft.data;
    keepAside(this.path, 'corrupt', this.now());
    return null;
  }

  write(kept: Kept): void {
    writeFileAtomic(this.path, JSON.stringify({ format: 1, ...kept }));
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
