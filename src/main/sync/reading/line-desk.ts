import { print, readJson, type Format } from '../../../merge';
import type { LinePage, LineRowPage } from '../../../shared/model/sync-views';
import { lineRows, LONGEST_LINE, type LineRows } from './line-rows';

/** Texts that stay open for further pages. */
const MOST_OPEN = 3;

const LAYOUT: Format = { bom: false, indent: '  ', eol: '\n', head: '', tail: '', spaced: false };

/** One value a line, however the text was laid out; what is no JSON stays as it is. */
const linesOf = (text: string): readonly string[] => {
  const reading = readJson(text);
  return reading.ok ? print(reading.value, LAYOUT).split('\n') : text.split(/\r\n|\n/);
};

/** The newest few, by an id. */
class Open<T> {
  readonly #all = new Map<string, T>();

  constructor(private readonly newId: () => string) {}

  put(value: T): string {
    const id = this.newId();
    this.#all.set(id, value);
    const oldest = this.#all.keys().next().value;
    if (this.#all.size > MOST_OPEN && oldest !== undefined) this.#all.delete(oldest);
    return id;
  }

  get(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.#all.get(id);
  }
}

/** Documents by lines, in pages. A text is split once; `read` is asked only where the page is of none that is open. */
export class LineDesk {
  readonly #texts: Open<{ readonly lines: readonly string[]; readonly bytes: number }>;
  readonly #pairs: Open<LineRows>;

  /** @param newId names texts: no name is given twice, also not by a desk after this one. */
  constructor(newId: () => string) {
    this.#texts = new Open(newId);
    this.#pairs = new Open(newId);
  }

  async lines(id: string | undefined, offset: number, limit: number, read: () => Promise<string>): Promise<LinePage> {
    let [key, found] = [id, this.#texts.get(id)];
    if (key === undefined || found === undefined) {
      const text = await read();
      found = { lines: linesOf(text), bytes: Buffer.byteLength(text) };
      key = this.#texts.put(found);
    }
    const lines = found.lines.slice(offset, offset + limit).map((line) => line.slice(0, LONGEST_LINE));
    return { id: key, total: found.lines.length, bytes: found.bytes, lines };
  }

  async rows(id: string | undefined, whole: boolean, offset: number, limit: number, read: () => Promise<readonly [string, string]>): Promise<LineRowPage> {
    let [key, found] = [id, this.#pairs.get(id)];
    if (key === undefined || found === undefined) {
      const [before, after] = await read();
      found = lineRows(linesOf(before), linesOf(after));
      key = this.#pairs.put(found);
    }
    return { id: key, ...found.page(whole, offset, limit) };
  }
}
