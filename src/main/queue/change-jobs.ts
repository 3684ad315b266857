import type { Adapted } from '../../shared/model/job';
import type { PreparationSettings } from '../../shared/model/preparation';
import { profileOfJob } from '../../shared/model/preparation-profiles';
import type { SettingsService } from '../settings';
import type { QueueService } from './contract';
import type { Dispatcher } from './dispatcher';
import type { JobRecord } from './job-record';
import { sourceOf } from './job-source';
import type { JobTable } from './job-table';
import type { Runner } from './runner';

type Changing = Pick<QueueService, 'setProfile' | 'adapt' | 'setNames' | 'source' | 'sendAgain'>;
type FollowingProfiles = {
  /** Makes anew what waits and was made by a profile that is another one now: nothing goes out by what no longer holds. */
  readonly profilesChanged: (before: PreparationSettings, after: PreparationSettings) => Promise<void>;
};

export type ChangingParts = {
  readonly table: JobTable;
  readonly runner: Runner;
  readonly dispatcher: Dispatcher;
  readonly settings: Pick<SettingsService, 'current'>;
  readonly add: QueueService['add'];
  /** Makes sure that every job is in memory. */
  readonly open: () => void;
  /** Lets `work` change some of the jobs at a time while none of them starts. */
  readonly change: (ids: readonly string[], work: (some: readonly string[]) => void) => Promise<void>;
};

const waits = ({ state }: JobRecord): boolean => state === 'queued' || state === 'preparing';
const stopped = ({ state, input }: JobRecord): boolean => (state === 'failed' || state === 'cancelled') && input.type !== 'bad';

/** Calls `changed` when the settings say something else of profiles than they did. Returns the end of watching. */
export function watchProfiles(settings: Pick<SettingsService, 'current' | 'onChange'>, changed: (before: PreparationSettings, after: PreparationSettings) => void): () => void {
  let last = settings.current().preparation;
  return settings.onChange(({ preparation }) => {
    const before = last;
    last = preparation;
    if (JSON.stringify(before) !== JSON.stringify(preparation)) changed(before, preparation);
  });
}

/** What jobs that are not sent yet are made into. What was made already is made anew. */
export function createChanging({ table, runner, dispatcher, settings, add, open, change }: ChangingParts): Changing & FollowingProfiles {
  const remake = (record: JobRecord, part: Partial<Pick<JobRecord, 'profile' | 'adapted' | 'name' | 'named'>>): void => {
    const before = record.state === 'preparing' ? table.apply(record.id, { type: 'again', wait: null, until: null, problem: null, counted: true }) : record;
    const wait = before.wait === 'same_file' || before.wait === 'name' ? null : before.wait;
    runner.abort(record.id);
    runner.forgetCopy(before);
    table.replace({ ...before, ...part, facts: null, wait });
    const after = table.get(record.id);
    if (after === undefined) return;
    // Who waited for these bytes does not wait for others.
    runner.release(after);
    dispatcher.enqueue(after, true);
  };
  /** Those that wait for a name take the change along; those that ended start again with it. */
  const setProfile = (record: JobRecord, profile: string | null, adapted: Adapted | null): void => {
    const part = { profile, adapted };
    if (record.profile === profile && JSON.stringify(record.adapted) === JSON.stringify(adapted)) return;
    if (waits(record) && record.wait !== 'name') return remake(record, part);
    if (!waits(record) && !stopped(record)) return;
    table.replace({ ...record, ...part });
    if (stopped(record)) dispatcher.enqueue(table.apply(record.id, { type: 'retry' }));
  };
  const setName = (record: JobRecord, name: string | null): void => {
    if (!waits(record)) return;
    if (name !== null && name !== record.name) remake(record, { name, named: true });
    else if (record.wait === 'name') dispatcher.enqueue(table.apply(record.id, { type: 'wait', wait: null }));
  };
  const each = (ids: readonly string[], work: (record: JobRecord) => void): Promise<void> =>
    change([...new Set(ids)], (some) => {
      for (const id of some) {
        const record = table.get(id);
        if (record !== undefined) work(record);
      }
    });

  const differs = (before: PreparationSettings, after: PreparationSettings): ((record: JobRecord) => boolean) => {
    const known = new Map<string, boolean>();
    return (record) => {
      const key = JSON.stringify([record.profile, record.accountId, record.adapted]);
      const answer = known.get(key) ?? JSON.stringify(profileOfJob(record, before)) !== JSON.stringify(profileOfJob(record, after));
      known.set(key, answer);
      return answer;
    };
  };
  // Who waits for a name is looked at after it.
  const isMade = (record: JobRecord): boolean => waits(record) && record.wait !== 'name' && (record.facts !== null || record.state === 'preparing');

  return {
    async profilesChanged(before, after) {
      const isOther = differs(before, after);
      const others = [...table.records()].filter((record) => isMade(record) && isOther(record));
      if (others.length > 0) await each(others.map(({ id }) => id), (record) => (isMade(record) ? remake(record, {}) : undefined));
    },
    setProfile: (ids, profile, adapted = null) => each(ids, (record) => setProfile(record, profile, adapted)),
    adapt: (ids, adapted) =>
      each(ids, (record) => {
        if (!stopped(record)) return;
        table.replace({ ...record, adapted });
        dispatcher.enqueue(table.apply(record.id, { type: 'retry' }));
      }),
    setNames(names) {
      const byId = new Map(names.map(({ id, name }) => [id, name]));
      return each([...byId.keys()], (record) => setName(record, byId.get(record.id) ?? null));
    },
    source(id) {
      open();
      const record = table.get(id);
      return sourceOf(record, settings.current().preparation, record === undefined ? undefined : dispatcher.account(record.accountId));
    },
    sendAgain(id, profile) {
      open();
      const record = table.get(id);
      if (record === undefined || record.input.type !== 'file') return null;
      const { input, name, accountId, albumId, replaces } = record;
      return add([{ type: 'file', path: input.path, name, ...(replaces === null ? {} : { replaces }) }], { accountId, albumId, force: true, profile, origin: 'window' });
    },
  };
}
