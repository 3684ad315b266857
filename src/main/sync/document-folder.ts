import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { codeOf, keepAside, sweepTemporaryFiles, writeFileAtomic } from '../../lib/atomic-file';
import { sha256Hex } from '../../lib/canonical-json';
import { makeFolder } from '../../lib/make-folder';
import { blobsOf, DocumentRecord, withoutFalseBase } from './record';

const RECORD = 'record.json';
/** The record of a document that is not synced any more, for as long as that can be undone. */
const ASIDE = 'aside.json';
const BLOBS = 'blobs';

/** A folder name that tells a person which document it is, and is never two documents'. */
export const folderName = (name: string): string => `${name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 40)}-${sha256Hex(name).slice(0, 12)}`;

/** Called at every point where the program may die. Tests let it. */
export type Checkpoint = (name: string) => void;

/**
 * One document's files: texts by their SHA-256, and the record, which is replaced whole. The record is what makes a step
 * true: texts it names are on disk before it, so that whatever it says holds after any crash.
 */
export class DocumentFolder {
  constructor(
    readonly folder: string,
    private readonly now: () => number,
    private readonly checkpoint: Checkpoint,
  ) {
    makeFolder(join(folder, BLOBS));
    sweepTemporaryFiles(folder, now());
    sweepTemporaryFiles(join(folder, BLOBS), now());
  }

  /** Says that a point was reached. */
  reach(name: string): void {
    this.checkpoint(name);
  }

  /** The record, or null when there is none that can be read; such a file is kept aside. */
  load(): DocumentRecord | null {
    return this.#read(RECORD);
  }

  #read(name: string): DocumentRecord | null {
    const path = join(this.folder, name);
    const text = readIfThere(path);
    if (text === null) return null;
    const parsed = DocumentRecord.safeParse(parseJson(text.toString('utf8')));
    if (parsed.success) return withoutFalseBase(parsed.data, (blob) => this.get(blob));
    keepAside(path, 'corrupt', this.now());
    return null;
  }

  /** Makes the step true, and forgets texts that nothing names any more. */
  save(record: DocumentRecord): void {
    this.checkpoint('before-record');
    writeFileAtomic(join(this.folder, RECORD), JSON.stringify(record));
    this.checkpoint('after-record');
    const needed = blobsOf(record);
    for (const name of readdirSync(join(this.folder, BLOBS))) if (!needed.has(basename(name, '.gz'))) rmSync(join(this.folder, BLOBS, name), { force: true });
  }

  /** Where a text that was put lies. */
  pathOf(blob: string): string {
    return join(this.folder, BLOBS, `${blob}.gz`);
  }

  /** Keeps a text; not before a record names it does it outlive the next `save`. */
  put(text: string): string {
    const name = sha256Hex(text);
    const path = this.pathOf(name);
    if (this.get(name) === null) {
      this.checkpoint('before-blob');
      writeFileAtomic(path, gzipSync(text, { level: 1 }));
    }
    return name;
  }

  /** The text, or null when it is gone or damaged. */
  get(blob: string): string | null {
    const bytes = readIfThere(this.pathOf(blob));
    if (bytes === null) return null;
    try {
      const text = gunzipSync(bytes).toString('utf8');
      return sha256Hex(text) === blob ? text : null;
    } catch {
      return null;
    }
  }

  /** From now on there is no record, but all it said can be had again. */
  setAside(): void {
    renameSync(join(this.folder, RECORD), join(this.folder, ASIDE));
  }

  /** The record that was set aside, or null. */
  aside(): DocumentRecord | null {
    return this.#read(ASIDE);
  }

  /** What was set aside is the record again. */
  bringBack(): void {
    renameSync(join(this.folder, ASIDE), join(this.folder, RECORD));
  }

  forgetAside(): void {
    rmSync(join(this.folder, ASIDE), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a run needs of a document's files, wherever they are kept. */
export type DocumentFiles = Pick<DocumentFolder, 'folder' | 'reach' | 'save' | 'put' | 'get' | 'pathOf'>;

const readIfThere = (path: string): Buffer | null => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
