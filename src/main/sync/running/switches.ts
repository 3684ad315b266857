import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../lib/atomic-file';
import { makeFolder } from '../../../lib/make-folder';

const Switches = z.strictObject({
  format: z.literal(1),
  /** All documents stand still. */
  paused: z.boolean(),
  /** Devices that a person does not want to see any more, by account. */
  forgotten: z.record(z.string(), z.array(z.string())),
});
type Switches = z.infer<typeof Switches>;

const NONE: Switches = { format: 1, paused: false, forgotten: {} };
const FILE = 'switches.json';

/** What a person switched, kept over a restart. */
export interface SwitchStore {
  current(): Switches;
  change(part: Partial<Omit<Switches, 'format'>>): void;
}

/** A file that cannot be read counts as: nothing is switched. */
export const openSwitches = (folder: string): SwitchStore => {
  let current = read(join(folder, FILE));
  return {
    current: () => current,
    change(part) {
      const next = { ...current, ...part };
      makeFolder(folder);
      writeFileAtomic(join(folder, FILE), JSON.stringify(next));
      current = next;
    },
  };
};

const read = (path: string): Switches => {
  try {
    return Switches.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? NONE;
  } catch {
    return NONE;
  }
};
