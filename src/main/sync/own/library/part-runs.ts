import { PicferryError } from '../../../../lib/picferry-error';
import type { SyncKind, SyncName } from '../../../../shared/model/sync';
import type { DocumentStatus } from '../../engine-contract';
import type { EngineProcess } from '../../process/engine-process';

/** A document that one device writes: this one, or another. */
export type PartDocument = SyncName & { readonly path: string; readonly kind: Extract<SyncKind, 'library' | 'library-part'>; readonly whose: 'mine' | 'theirs' };

/** More answers than a single question of a run takes. */
const MOST_ANSWERS = 3;

/** Runs documents that have one writer each: whatever clashes, its writer is right, and nobody is asked. */
export class PartRuns {
  #known: ReadonlySet<string> = new Set();

  constructor(private readonly engine: EngineProcess) {}

  /** To be called before a round. */
  know(statuses: readonly DocumentStatus[]): void {
    this.#known = new Set(statuses.map(idOf));
  }

  /** Brings file and host together. Rejects as the engine does. */
  async run(document: PartDocument, signal: AbortSignal): Promise<DocumentStatus> {
    await this.add(document);
    try {
      return await this.#settled(document, signal);
    } catch (error) {
      if (!(error instanceof PicferryError) || error.problem.message !== 'syncFileGone') throw error;
      // Somebody took the copy away: the host has it.
      await this.engine.ask('remove', [nameOf(document)]);
      this.#known = new Set([...this.#known].filter((id) => id !== idOf(document)));
      await this.add(document);
      return this.#settled(document, signal);
    }
  }

  async add(document: PartDocument): Promise<void> {
    if (this.#known.has(idOf(document))) return;
    await this.engine.ask('add', [nameOf(document), document.path, { kind: document.kind }]);
    this.#known = new Set([...this.#known, idOf(document)]);
  }

  async #settled(document: PartDocument, signal: AbortSignal): Promise<DocumentStatus> {
    const name = nameOf(document);
    let status = await this.engine.ask('run', [name, {}], signal);
    for (let answers = 0; answers < MOST_ANSWERS && (status.state === 'conflict' || status.state === 'rolled-back'); answers += 1) {
      for (const { id } of await this.engine.ask('conflicts', [name.account, name.fileKey])) await this.engine.ask('resolve', [id, { take: document.whose }]);
      status = await this.engine.ask('run', [name, {}], signal);
    }
    return status;
  }
}

const idOf = ({ account, fileKey }: SyncName): string => `${account}\n${fileKey}`;
const nameOf = ({ account, fileKey }: SyncName): SyncName => ({ account, fileKey });
