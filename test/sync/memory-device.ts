import { sha256Hex } from '../../src/lib/canonical-json';
import { PicferryError } from '../../src/lib/picferry-error';
import type { DocumentSync } from '../../src/main/providers/contract';
import type { DocumentFiles } from '../../src/main/sync/document-folder';
import { localTexts } from '../../src/main/sync/local-texts';
import { blobsOf, DocumentRecord, newRecord, type Open } from '../../src/main/sync/record';
import { DocumentRun, type RunOutcome } from '../../src/main/sync/sync-document';
import type { UserFiles } from '../../src/main/sync/user-file';
import { KEY } from './sync-world';

class Killed extends Error {}

/** One installation with all that is on its disk in memory, many times as quick: what a kill leaves is what it would leave there. */
export class MemoryDevice {
  readonly #blobs = new Map<string, string>();
  /** The record as it was saved last. */
  #saved: string;
  #record: DocumentRecord;
  #text: string | null = null;
  #left = Infinity;
  #ops = 0;

  constructor(
    private readonly name: string,
    private readonly hostOf: () => DocumentSync,
  ) {
    this.#record = newRecord('account', KEY, name);
    this.#saved = JSON.stringify(this.#record);
  }

  read(): unknown {
    return this.#text === null ? null : (JSON.parse(this.#text) as unknown);
  }

  write(value: unknown, indent = 2): void {
    this.#text = JSON.stringify(value, null, indent);
  }

  #run(): DocumentRun {
    return new DocumentRun({ host: this.hostOf(), texts: localTexts, files: this.#files, userFiles: this.#userFiles, device: { id: this.name, name: this.name }, now: () => 0, newOp: () => `${this.name}-${String((this.#ops += 1))}`, call: { signal: new AbortController().signal } }, this.#record);
  }

  /** How it ended; null for an error that a person would see. */
  async sync(): Promise<RunOutcome | null> {
    const run = this.#run();
    try {
      return await run.run();
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
      // Whatever others do meanwhile, a run comes to an end by itself.
      if (error.problem.message === 'syncBusy') throw new Error('a run took more rounds than it may', { cause: error });
      return null;
    } finally {
      this.#record = run.record;
    }
  }

  /** A sync that is killed at the n-th point it reaches, if it reaches so many, and a new start. */
  async crash(n: number): Promise<void> {
    this.#left = n;
    try {
      await this.sync();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    this.#left = Infinity;
    this.#record = DocumentRecord.parse(JSON.parse(this.#saved));
  }

  /** The open questions. */
  questions(): Open['conflicts'] {
    const { open } = this.#record;
    return open === null ? [] : open.conflicts.filter(({ id }) => open.choices[id] === undefined);
  }

  /** Answers every open question, or the first `most`: what two put at one place of a list stays, of two values this device's, or as told. Gives how many there were. */
  answer(take: 'mine' | 'theirs' = 'mine', most = Infinity): number {
    const { open } = this.#record;
    if (open === null) return 0;
    const asked = this.questions();
    const fresh = Object.fromEntries(asked.slice(0, most).map(({ id, kind }) => [id, kind === 'list' ? ({ take: 'both', first: 'mine' } as const) : ({ take } as const)]));
    this.#files.save({ ...this.#record, open: { ...open, choices: { ...open.choices, ...fresh } } });
    this.#record = DocumentRecord.parse(JSON.parse(this.#saved));
    return asked.length;
  }

  /** What a person says of a host that has older data; false when it did not come through. */
  async answerRollback(keep: 'mine' | 'theirs'): Promise<boolean> {
    const run = this.#run();
    try {
      await run.answerRollback(keep);
      return true;
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
      return false;
    } finally {
      this.#record = run.record;
    }
  }

  #reach(name: string): void {
    this.#left -= 1;
    if (this.#left <= 0) throw new Killed(name);
  }

  readonly #files: DocumentFiles = {
    folder: '',
    pathOf: (blob) => blob,
    reach: (name) => this.#reach(name),
    get: (blob) => this.#blobs.get(blob) ?? null,
    put: (text) => {
      const blob = sha256Hex(text);
      if (this.#blobs.has(blob)) return blob;
      this.#reach('before-blob');
      this.#blobs.set(blob, text);
      return blob;
    },
    save: (record) => {
      this.#reach('before-record');
      this.#saved = JSON.stringify(record);
      this.#reach('after-record');
      const needed = blobsOf(record);
      for (const blob of this.#blobs.keys()) if (!needed.has(blob)) this.#blobs.delete(blob);
    },
  };

  readonly #userFiles: UserFiles = {
    sha: () => (this.#text === null ? null : sha256Hex(this.#text)),
    read: () => ({ text: this.#text, sha: this.#text === null ? null : sha256Hex(this.#text) }),
    write: (_path, text, over) => {
      if ((this.#text === null ? null : sha256Hex(this.#text)) !== over) return false;
      this.#text = text;
      return true;
    },
  };
}
