import { readClipboardInputs } from '../../clipboard';
import { safeTypedName } from '../../preparation';
import type { QueueInput } from '../../queue';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

type Target = { readonly accountId?: string | undefined; readonly albumId?: string | undefined };

/** A snapshot carries as many jobs as are packed in a few milliseconds; the others follow as changes. */
const FIRST_JOBS = 200;

export const queueHandlers = (deps: HandlerDeps): SliceHandlers<'queue'> => {
  const queue = async () => (await deps.services()).queue;

  const add = async (inputs: readonly QueueInput[], target: Target): Promise<{ jobIds: string[] }> => {
    if (inputs.length === 0) return { jobIds: [] };
    const { queue: service, settings } = await deps.services();
    const batch = await service.addMany(inputs, {
      accountId: target.accountId ?? null,
      albumId: target.albumId ?? null,
      force: false,
      origin: 'window',
      askName: settings.current().askNames,
    });
    return { jobIds: [...batch.jobIds] };
  };

  return {
    'queue:snapshot': async () => {
      const service = await queue();
      await service.loaded();
      const { jobs, summary } = service.snapshot(FIRST_JOBS);
      return { rev: service.rev(), jobs: [...jobs], summary };
    },
    'queue:add-paths': async ({ paths, target }) => add(await (await deps.intake()).paths(paths), target),
    'queue:add-bytes': async ({ files, target }) => {
      const intake = await deps.intake();
      const inputs: QueueInput[] = [];
      for (const { name, bytes } of files) inputs.push(await intake.bytes(name, bytes));
      return add(inputs, target);
    },
    'queue:add-url': async ({ url, target }) => add([await (await deps.intake()).url(url, deps.lifetime)], target),
    'queue:choose-files': async ({ target }) => {
      const paths = await deps.dialogs.chooseFiles();
      return paths.length === 0 ? { jobIds: [] } : add(await (await deps.intake()).paths(paths), target);
    },
    'queue:paste': async ({ target }) => {
      const inputs = await readClipboardInputs(deps.clipboard, await deps.intake(), deps.lifetime, deps.now);
      const added = await add(inputs, target);
      // Its links wait for nothing else to start.
      void deps.desktop().then(({ clipboardUploaded }) => clipboardUploaded(inputs), () => undefined);
      return added;
    },
    'queue:pause': async ({ paused }) => {
      (await queue()).pause(paused);
      return undefined;
    },
    'queue:cancel': async (which) => {
      await (await queue()).cancel('all' in which ? 'all' : which.ids);
      return undefined;
    },
    'queue:retry': async (which) => {
      await (await queue()).retry('allFailed' in which ? 'failed' : which.ids);
      return undefined;
    },
    'queue:send-anyway': async ({ id }) => {
      (await queue()).sendAnyway(id);
      return undefined;
    },
    'queue:settle': async ({ id }) => ({ result: await (await queue()).settle(id, deps.lifetime) }),
    'queue:dismiss': async (which) => {
      await (await queue()).dismiss('finished' in which ? 'finished' : which.ids);
      return undefined;
    },
    'queue:set-album': async ({ ids, albumId }) => {
      (await queue()).setAlbum(ids, albumId);
      return undefined;
    },
    'queue:set-profile': async ({ ids, profile, adapted }) => {
      await (await queue()).setProfile(ids, profile, adapted);
      return undefined;
    },
    'queue:adapt': async ({ ids, adapted }) => {
      await (await queue()).adapt(ids, adapted);
      return undefined;
    },
    'queue:set-names': async ({ names }) => {
      await (await queue()).setNames(names.map(({ id, name }) => ({ id, name: name === null ? null : safeTypedName(name) })));
      return undefined;
    },
    'queue:send-again': async ({ id, profile }) => ({ jobId: (await queue()).sendAgain(id, profile)?.jobIds[0] ?? null }),
    'queue:copy-report': async ({ ids }) => {
      await deps.clipboard.writeText((await queue()).report(ids));
      return undefined;
    },
  };
};
