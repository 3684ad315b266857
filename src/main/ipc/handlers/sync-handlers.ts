import { PicferryError } from '../../../lib/picferry-error';
import type { SyncDocument, SyncName } from '../../../shared/model/sync';
import type { SyncService } from '../../sync';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** The clipboard of some systems stands still with more. */
const MOST_COPIED = 50 * 1024 * 1024;

export const syncHandlers = (deps: HandlerDeps): SliceHandlers<'sync'> => {
  const { lifetime } = deps;
  const sync = async (): Promise<SyncService> => (await deps.services()).sync.open();
  /** Sends what was just written into the file. Where that fails it is there all the same, and the document says why. */
  const sent = async (service: SyncService, document: SyncName): Promise<SyncDocument> => {
    try {
      return await service.run(document, { signal: lifetime });
    } catch (error) {
      const shown = service.view().documents.find((one) => one.account === document.account && one.fileKey === document.fileKey);
      if (!(error instanceof PicferryError) || shown === undefined) throw error;
      return shown;
    }
  };
  return {
    'sync:snapshot': async () => {
      const service = await sync();
      return { rev: service.rev(), view: service.view() };
    },
    'sync:is-open': async () => (await deps.services()).sync.opened() !== null,
    'sync:choose-files': async () => [...(await deps.dialogs.chooseDocuments())],
    'sync:choose-place': async ({ name, exists }) => {
      // A file that is there is merged with the host's, after a question.
      const path = exists ? await deps.dialogs.chooseDocument() : await deps.dialogs.chooseNewFile({ name, extension: 'json', replaces: false });
      return path === null ? null : { path };
    },
    'sync:look': async ({ path }) => (await sync()).look(path),
    'sync:add': async ({ document, path }) => (await sync()).add(document, path, { ask: true }),
    'sync:remove': async ({ document }) => {
      await (await sync()).remove(document);
      return undefined;
    },
    'sync:bring-back': async ({ document }) => (await sync()).bringBack(document),
    'sync:run': async ({ document, note }) => (await sync()).run(document, { signal: lifetime, ...(note === undefined ? {} : { note }) }),
    'sync:note': async ({ document, note }) => {
      await (await sync()).keepNote(document, note);
      return undefined;
    },
    'sync:run-all': async () => {
      await (await sync()).runAll();
      return undefined;
    },
    'sync:pause': async ({ document, paused }) => {
      await (await sync()).pause(document, paused);
      return undefined;
    },
    'sync:pause-all': async ({ paused }) => {
      await (await sync()).pauseAll(paused);
      return undefined;
    },
    'sync:show-file': async ({ document }) => {
      const found = (await sync()).view().documents.find((one) => one.account === document.account && one.fileKey === document.fileKey);
      if (found !== undefined) deps.showFile(found.path);
      return undefined;
    },

    'sync:history': async ({ document, page }) => (await sync()).history(document, page, lifetime),
    'sync:versions-here': async ({ document }) => [...(await (await sync()).versionsHere(document))],
    'sync:counts': async ({ document, version }) => (await sync()).counts(document, version, lifetime),
    'sync:changed-at': async ({ document, versions, text }) => [...(await (await sync()).changedAt(document, versions, text, lifetime))],
    'sync:diff': async ({ document, before, after, ...page }) => (await sync()).diff(document, { before, after }, page, lifetime),
    'sync:lines': async ({ document, side, id, ...page }) => (await sync()).lines(document, side, { id, ...page }, lifetime),
    'sync:line-rows': async ({ document, before, after, id, whole, ...page }) => (await sync()).lineRows(document, { before, after }, whole, { id, ...page }, lifetime),
    'sync:copy': async ({ document, side }) => {
      await deps.clipboard.writeText(await (await sync()).show(document, side, { maxBytes: MOST_COPIED, signal: lifetime }));
      return undefined;
    },
    'sync:export': async ({ document, side }) => {
      const path = await deps.dialogs.chooseNewFile({ name: typeof side === 'number' ? `${document.fileKey} v${String(side)}` : document.fileKey, extension: 'json' });
      if (path === null) return null;
      await (await sync()).save(document, side, path, lifetime);
      return { path };
    },
    'sync:restore-plan': async ({ document, version, paths, ...page }) => (await sync()).restorePlan(document, version, paths, page, lifetime),
    'sync:restore': async ({ document, version, paths, note }) => {
      const service = await sync();
      await service.restore(document, version, paths, { note, signal: lifetime });
      return sent(service, document);
    },
    'sync:copies': async ({ document }) => [...(await (await sync()).copies(document))],
    'sync:show-copy': async ({ document, id }) => {
      deps.showFile(await (await sync()).copyPath(document, id));
      return undefined;
    },
    'sync:put-back': async ({ document, id }) => {
      const service = await sync();
      return (await service.putBack(document, id)) ? sent(service, document) : null;
    },

    'sync:devices': async ({ account, fileKey }) => (await sync()).devices(account, fileKey, lifetime),
    'sync:rename-device': async ({ name }) => {
      await (await sync()).renameDevice(name);
      return undefined;
    },
    'sync:forget-device': async ({ account, deviceId, forgotten }) => {
      await (await sync()).forgetDevice(account, deviceId, forgotten);
      return undefined;
    },
    'sync:resolved': async ({ account, fileKey }) => (await sync()).resolved(account, fileKey, lifetime),

    'sync:settle-older': async ({ document, keep }) => {
      const service = await sync();
      const asked = (await service.conflicts(document)).find(({ kind }) => kind === 'rollback');
      // Answered meanwhile, or by what the host has again: a run tells how the document stands.
      if (asked !== undefined) await service.resolve(asked.id, { take: keep }, document.account);
      return { document: await service.run(document, { signal: lifetime }), asked: asked !== undefined };
    },
    'sync:first-run': async ({ document }) => (await sync()).firstRun(document, lifetime),
    'sync:begin': async ({ document, how }) => (await sync()).begin(document, how, lifetime),
    'sync:indexed': async ({ account }) => [...(await (await sync()).indexed(account, lifetime))],
    'sync:set-built-in': async ({ account, kind, on, others }) => {
      await (await sync()).setBuiltIn(account, kind, on, others);
      return undefined;
    },
  };
};
