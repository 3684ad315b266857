import type { LineDesk } from '../../documents';
import type { SyncService } from '../../sync';
import type { SyncName, SyncSide } from '../../../shared/model/sync';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Larger documents are not shown whole in the window, line by line. */
const MOST_SHOWN = 10_000_000;
/** The clipboard of some systems stands still with more. */
const MOST_COPIED = 50 * 1024 * 1024;

export const syncHandlers = (deps: HandlerDeps): SliceHandlers<'sync'> => {
  const { lifetime } = deps;
  const sync = async (): Promise<SyncService> => (await deps.services()).sync.open();
  let desk: LineDesk | undefined;
  /** Loaded when the first text is looked at. */
  const lines = async (): Promise<LineDesk> => (desk ??= new (await import('../../documents')).LineDesk());
  const text = async (document: SyncName, side: SyncSide, most: { readonly maxBytes?: number }): Promise<string> => (await sync()).show(document, side, { ...most, signal: lifetime });
  return {
    'sync:snapshot': async () => {
      const service = await sync();
      return { rev: service.rev(), view: service.view() };
    },
    'sync:choose-files': async () => [...(await deps.dialogs.chooseDocuments())],
    'sync:choose-place': async ({ name }) => {
      const path = await deps.dialogs.chooseNewFile({ name, extension: 'json' });
      return path === null ? null : { path };
    },
    'sync:look': async ({ path }) => (await import('../../documents')).lookAtFile(path, (await sync()).view().documents, deps.now()),
    'sync:add': async ({ document, path }) => (await sync()).add(document, path, { ask: true }),
    'sync:remove': async ({ document }) => {
      await (await sync()).remove(document);
      return undefined;
    },
    'sync:run': async ({ document, note }) => (await sync()).run(document, { signal: lifetime, ...(note === undefined ? {} : { note }) }),
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
    'sync:counts': async ({ document, version }) => (await sync()).counts(document, version, lifetime),
    'sync:diff': async ({ document, before, after, ...page }) => (await sync()).diff(document, { before, after }, page, lifetime),
    'sync:lines': async ({ document, side, id, offset, limit }) => (await lines()).lines(id, offset, limit, () => text(document, side, { maxBytes: MOST_SHOWN })),
    'sync:line-rows': async ({ document, before, after, id, whole, offset, limit }) =>
      (await lines()).rows(id, whole, offset, limit, async () => [await text(document, before, { maxBytes: MOST_SHOWN }), await text(document, after, { maxBytes: MOST_SHOWN })]),
    'sync:copy': async ({ document, side }) => {
      await deps.clipboard.writeText(await text(document, side, { maxBytes: MOST_COPIED }));
      return undefined;
    },
    'sync:export': async ({ document, side }) => {
      const path = await deps.dialogs.chooseNewFile({ name: side === 'file' ? document.fileKey : `${document.fileKey} v${String(side)}`, extension: 'json' });
      if (path === null) return null;
      const whole = await text(document, side, {});
      (await import('../../documents')).writeExport(path, whole, deps.now());
      return { path };
    },
    'sync:restore-plan': async ({ document, version, paths }) => (await sync()).restorePlan(document, version, paths, lifetime),
    'sync:restore': async ({ document, version, paths, note }) => {
      const service = await sync();
      await service.restore(document, version, paths, { note, signal: lifetime });
      return service.run(document, { signal: lifetime });
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
    'sync:resolved': async ({ account, fileKey }) => [...(await (await sync()).resolved(account, fileKey, lifetime))],

    'sync:settle-older': async ({ document, keep }) => {
      const service = await sync();
      const asked = (await service.conflicts(document)).find(({ kind }) => kind === 'rollback');
      // Answered meanwhile: a run tells how the document stands.
      if (asked !== undefined) await service.resolve(asked.id, { take: keep });
      return service.run(document, { signal: lifetime });
    },
    'sync:first-run': async ({ document }) => (await sync()).firstRun(document, lifetime),
    'sync:begin': async ({ document, how }) => (await sync()).begin(document, how, lifetime),
    'sync:indexed': async ({ account }) => [...(await (await sync()).indexed(account, lifetime))],
    'sync:set-built-in': async ({ account, kind, on }) => {
      await (await sync()).setBuiltIn(account, kind, on);
      return undefined;
    },
  };
};
