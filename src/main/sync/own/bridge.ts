import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, writeFileAtomic } from '../../../lib/atomic-file';
import { canonicalText, sha256Hex } from '../../../lib/canonical-json';
import { merge, type JsonObject, type JsonValue, type Maybe } from '../../../merge';

/** A part of Picferry's own data as a document: named values that are taken one by one. */
export interface OwnSource {
  read(): JsonObject;
  /**
   * Takes over what another device changed. A value that cannot be taken (from a newer Picferry, or one that makes no sense
   * here) is left as it was; it stays in the document.
   */
  take(name: string, value: JsonValue): void;
  /** Whether what is gone here goes from the document. What is gone from the document is never taken away here. */
  readonly removes: boolean;
  /** What a changed value becomes in the document, where that is not for this device alone to say; `before`: as it was here. */
  outgoing?(before: Maybe, mine: Maybe, theirs: Maybe): Maybe;
  onChange(listener: () => void): () => void;
}

const Values = z.record(z.string(), z.custom<JsonValue>((value) => value !== undefined));
/** Both sides as they were when they last met. */
const Met = z.strictObject({ source: Values, file: Values });
type Met = z.infer<typeof Met>;

const NOTHING: Met = { source: {}, file: {} };

const same = (a: Maybe, b: Maybe): boolean => (a === undefined || b === undefined ? a === b : canonicalText(a) === canonicalText(b));

/** One value after both changed it: joined where they do not clash, else as this device has it. */
const joined = (base: Maybe, mine: Maybe, theirs: Maybe): Maybe => merge(base, mine, theirs, { digest: sha256Hex }).value;

/** Keeps a source and its document's file the same; a change on either side goes to the other, and neither undoes the other. */
export class Bridge {
  constructor(
    readonly path: string,
    private readonly source: OwnSource,
  ) {}

  /**
   * To be called before and after the document syncs, and when the source changed. Never while it syncs. A file that is gone or
   * no document any more says nothing about what is wanted: it is as it was when both sides met, and where nobody knows that
   * of a document that was synced, the engine writes it anew.
   */
  meet(wasSynced = false): void {
    const written = Values.safeParse(readJson(this.path)).data;
    const before = Met.safeParse(readJson(this.#metPath)).data;
    if (written === undefined && before === undefined && wasSynced) return;
    const met = before ?? NOTHING;
    const file = written ?? met.file;
    const own = this.source.read();
    const next: Record<string, JsonValue> = { ...file };
    for (const name of new Set([...Object.keys(own), ...Object.keys(file), ...Object.keys(met.source)])) {
      const [mine, theirs] = [own[name], file[name]];
      const [changedHere, changedThere] = [!same(mine, met.source[name]), !same(theirs, met.file[name])];
      if (changedHere) put(next, name, this.source.outgoing === undefined ? this.#outgoing(mine, changedThere ? joined(met.file[name], mine, theirs) : mine, theirs) : this.source.outgoing(met.source[name], mine, theirs));
      const wanted = next[name];
      if (changedThere && wanted !== undefined && !same(wanted, mine)) this.source.take(name, wanted);
    }
    if (!same(next, file) || written === undefined) writeFileAtomic(this.path, `${JSON.stringify(next, null, 2)}\n`);
    const now: Met = { source: this.source.read(), file: next };
    if (!same(now, met)) writeFileAtomic(this.#metPath, JSON.stringify(now));
  }

  /** What the document holds. */
  values(): JsonObject {
    return Values.safeParse(readJson(this.path)).data ?? {};
  }

  #outgoing(mine: Maybe, value: Maybe, theirs: Maybe): Maybe {
    return mine === undefined && !this.source.removes ? theirs : value;
  }

  get #metPath(): string {
    return `${this.path}.met`;
  }
}

const put = (values: Record<string, JsonValue>, name: string, value: Maybe): void => {
  if (value === undefined) delete values[name];
  else values[name] = value;
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};
