import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Small pictures of uploads for menus, which know PNG only. */
export interface MenuPictures {
  /** The picture's file, or null while there is none. */
  pathOf(thumb: string): string | null;
  /** Makes those that are missing, in order, and removes all others. Tells of each by `onReady`. Never rejects. */
  want(thumbs: readonly string[]): Promise<void>;
}

export type MenuPicturesDeps = {
  readonly folder: string;
  readonly thumbsFolder: string;
  /** Makes the small picture of a thumbnail at `to`; false when it cannot be made. Never rejects. */
  readonly make: (thumb: string, to: string) => Promise<boolean>;
  readonly onReady: () => void;
  readonly onFault: (error: unknown) => void;
};

const nameFor = (thumb: string): string => `${basename(thumb, '.webp')}.png`;

export const createMenuPictures = ({ folder, thumbsFolder, make, onReady, onFault }: MenuPicturesDeps): MenuPictures => {
  const refused = new Set<string>();
  let there: Set<string> | null = null;
  let wanted: readonly string[] = [];
  let working: Promise<void> | null = null;

  const known = (): Set<string> => {
    if (there !== null) return there;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return (there = new Set(readdirSync(folder)));
  };
  const removeOthers = (): void => {
    const keep = new Set(wanted.map(nameFor));
    for (const name of [...known()].filter((one) => !keep.has(one))) {
      rmSync(join(folder, name), { force: true });
      known().delete(name);
    }
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const next = wanted.find((thumb) => !known().has(nameFor(thumb)) && !refused.has(thumb));
      if (next === undefined) break;
      if (await make(join(thumbsFolder, next), join(folder, nameFor(next)))) {
        known().add(nameFor(next));
        onReady();
      } else refused.add(next);
    }
    removeOthers();
  };
  const guarded = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // A disk that refuses costs the menu its pictures, nothing else.
      onFault(error);
    }
  };

  return {
    pathOf: (thumb) => {
      try {
        return known().has(nameFor(thumb)) ? join(folder, nameFor(thumb)) : null;
      } catch (error) {
        onFault(error);
        there = new Set();
        return null;
      }
    },
    want: (thumbs) => {
      wanted = thumbs;
      working ??= guarded().finally(() => (working = null));
      return working;
    },
  };
};
