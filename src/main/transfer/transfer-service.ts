import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { codeOf } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ImportReport } from '../../shared/model/transfer';
import type { TransferService } from './contract';
import { exportLibrary } from './export-library';
import { exportList } from './export-list';
import { incomingFile } from './file/incoming-file';
import { isLibraryFile, openLibraryFile, UnreadableFile } from './file/read-file';
import { findForeignFiles } from './foreign/find-files';
import { incomingForeign } from './foreign/incoming-foreign';
import type { Incoming } from './incoming';
import { take, weigh } from './take';
import type { TransferDeps } from './transfer-deps';

/** Looks kept for an import to come; older ones are forgotten. */
const KEPT_LOOKS = 20;

/** Libraries in and out, lists of links, and the kept copies. */
export function createTransfer(deps: TransferDeps): TransferService {
  const { database, newId, now } = deps;
  const looks = new Map<string, string>();
  const fail = (kind: 'file' | 'bad_request' | 'not_found', message: string, params: Record<string, string>, cause?: unknown): PicferryError =>
    new PicferryError(problemOf({ kind, sub: message, message, params }, now()), { cause });

  /** What the disk or the file refused, as a sentence about the file. */
  const about = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PicferryError) throw error;
      const file = basename(path);
      if (error instanceof UnreadableFile) throw fail('file', error.why, { file }, error);
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') throw fail('file', 'fileMissing', { file }, error);
      const full = diskProblem(error, now());
      if (full?.message === 'diskFull') throw new PicferryError(full, { cause: error });
      if (/^E[A-Z]+$/.test(codeOf(error))) throw fail('file', 'fileRefused', { file, code: codeOf(error) }, error);
      throw error;
    }
  };
  const needVault = (): void => {
    if (deps.vault.state === 'locked') throw fail('file', 'vaultLocked', {});
  };

  /** Opens whatever lies there; null when its passphrase is missing. */
  const openIncoming = async (path: string, passphrase: string | null): Promise<Incoming | null> => {
    const isFolder = (await stat(path)).isDirectory();
    if (!isFolder && (await isLibraryFile(path))) {
      const opened = await openLibraryFile(path, passphrase);
      try {
        if (opened.sealed) {
          await opened.close();
          return null;
        }
        return await incomingFile(path, opened);
      } catch (error) {
        await opened.close();
        throw error;
      }
    }
    const files = await findForeignFiles(path);
    if (files === null) throw new UnreadableFile('importNotKnown');
    return incomingForeign(path, files, deps);
  };
  const withIncoming = <T>(path: string, passphrase: string | null, work: (incoming: Incoming) => Promise<T>): Promise<T | null> =>
    about(path, async () => {
      const incoming = await openIncoming(path, passphrase);
      if (incoming === null) return null;
      try {
        return await work(incoming);
      } finally {
        await incoming.close();
      }
    });

  return {
    exportTo: (path, passphrase) => {
      if (passphrase !== null) needVault();
      return about(path, () => exportLibrary(deps, path, passphrase));
    },
    exportList: (path, selection, as) => about(path, () => exportList(deps, path, selection, as)),
    async look(path, passphrase) {
      const report: ImportReport | null = await withIncoming(path, passphrase, (incoming) => weigh(deps, incoming));
      const id = newId();
      looks.set(id, path);
      for (const old of [...looks.keys()].slice(0, -KEPT_LOOKS)) looks.delete(old);
      return { id, needsPassphrase: report === null, report };
    },
    pathOf: (id) => looks.get(id) ?? null,
    async import(id, passphrase, choice) {
      const path = looks.get(id);
      if (path === undefined) throw fail('not_found', 'importGone', {});
      const report = await withIncoming(path, passphrase, async (incoming) => {
        if (incoming.secrets !== 'none') needVault();
        await database.backUpNow('import');
        return take(deps, incoming, choice);
      });
      if (report === null) throw fail('bad_request', 'importNeedsPassphrase', { file: basename(path) });
      return report;
    },
    backups: () => database.backups(),
    backUpNow: () => database.backUpNow('daily'),
    prepareRestore: (name) => database.prepareRestore(name),
  };
}
