import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { codeOf, writeFileAtomic } from '../../../../lib/atomic-file';
import { canonicalText, sha256Hex } from '../../../../lib/canonical-json';
import { makeFolder } from '../../../../lib/make-folder';
import type { Said } from '../../../library';

/** Far below what any host takes, so that a new record costs a small push. */
const MOST_ROWS = 1000;
const MOST_BYTES = 384 * 1024;

/** Hosts in PHP make empty lists of empty objects. */
const rowsOf = <T extends z.ZodType>(value: T) => z.preprocess((given) => (Array.isArray(given) && given.length === 0 ? {} : given), z.record(z.string(), value));

const Part = z.object({ rows: rowsOf(z.unknown()) });
/** What a device's parts hold: each by its number, with its digest. */
const Contents = z.object({ device: z.string().min(1).max(200), name: z.string().max(500), parts: rowsOf(z.string()) });
export type Contents = z.infer<typeof Contents>;

export type PartRows = Readonly<Record<string, unknown>>;

/** Equal for parts that say the same. */
export const digestOf = (rows: PartRows): string => sha256Hex(canonicalText(rows) ?? '').slice(0, 32);

type Loaded = { readonly rows: Record<string, unknown>; count: number; bytes: number };
const sizeOf = (id: string, row: unknown): number => Buffer.byteLength(JSON.stringify(row)) + id.length + 4;

/** The parts of one device's share of the library, each a file of bounded size, and the list of them. */
export class PartFiles {
  constructor(
    private readonly folder: string,
    private readonly device: string,
    private readonly limits: { readonly rows: number; readonly bytes: number } = { rows: MOST_ROWS, bytes: MOST_BYTES },
  ) {
    makeFolder(folder);
  }

  path(part: number): string {
    return join(this.folder, `${part}.json`);
  }

  get contentsPath(): string {
    return join(this.folder, 'contents.json');
  }

  numbers(): readonly number[] {
    return readdirSync(this.folder)
      .flatMap((name) => /^([1-9]\d{0,8})\.json$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Null when there is no such file, or nobody can read it. */
  read(part: number): PartRows | null {
    return Part.safeParse(readJson(this.path(part))).data?.rows ?? null;
  }

  contents(): Contents | null {
    return Contents.safeParse(readJson(this.contentsPath)).data ?? null;
  }

  writeContents(contents: Contents): void {
    const text = JSON.stringify({ format: 1, ...contents });
    if (text !== readText(this.contentsPath)) writeFileAtomic(this.contentsPath, text);
  }

  /** Puts rows where they were, and new ones where there is room; the part of each when it is on disk. A file after the other, so that everything else has its turn. */
  async put(all: readonly Said[]): Promise<readonly { readonly said: Said; readonly part: number | null }[]> {
    const loaded = new Map<number, Loaded>();
    const changed = new Set<number>();
    const load = (part: number): Loaded => {
      const known = loaded.get(part) ?? this.#load(part);
      loaded.set(part, known);
      return known;
    };
    const set = (part: number, id: string, row: unknown): void => {
      const into = load(part);
      const before = into.rows[id];
      if (before !== undefined) into.bytes -= sizeOf(id, before);
      into.count += (row === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
      if (row === undefined) delete into.rows[id];
      else into.rows[id] = row;
      into.bytes += row === undefined ? 0 : sizeOf(id, row);
      changed.add(part);
    };
    let last = this.numbers().at(-1) ?? 1;
    const add = (id: string, row: unknown): number => {
      const { count, bytes } = load(last);
      if (count > 0 && (count >= this.limits.rows || bytes + sizeOf(id, row) > this.limits.bytes)) last += 1;
      set(last, id, row);
      return last;
    };
    const place = ({ id, part, row }: Said): number | null => {
      if (row === undefined) return part;
      if (part === null) return row === null ? null : add(id, row);
      set(part, id, row ?? undefined);
      if (row === null) return null;
      if (load(part).count === 1 || load(part).bytes <= this.limits.bytes) return part;
      set(part, id, undefined);
      return add(id, row);
    };
    const placed = all.map((said) => ({ said, part: place(said) }));
    for (const part of changed) {
      writeFileAtomic(this.path(part), JSON.stringify({ format: 1, device: this.device, rows: load(part).rows }));
      await turn();
    }
    return placed;
  }

  #load(part: number): Loaded {
    const rows = { ...this.read(part) };
    const bytes = Object.entries(rows).reduce((sum, [id, row]) => sum + sizeOf(id, row), 0);
    return { rows, count: Object.keys(rows).length, bytes };
  }
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readText(path) ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};
