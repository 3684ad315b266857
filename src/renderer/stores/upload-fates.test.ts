import { expect, test } from 'vitest';
import { inventProblem, inventUpload } from '../../../test/renderer/invented-jobs';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type CallName, type CallOutput, type Client, type EventOf } from '../bridge';
import { createUploadFates } from './upload-fates';

const up = (id: string, remoteState: Upload['remoteState']): Upload => inventUpload(1, { id, remoteState });

const main = (page: () => Promise<readonly Upload[]> = () => Promise.resolve([])) => {
  let rev = 0;
  let listener: ((event: EventOf<'library:changed'>) => void) | null = null;
  const client: Pick<Client, 'call' | 'on'> = {
    call: async <K extends CallName>() => ({ uploads: [...(await page())], total: 0, exact: true, days: [] }) as unknown as CallOutput<K>,
    on: (_name, take) => {
      listener = take as (event: EventOf<'library:changed'>) => void;
      return () => undefined;
    },
  };
  const fates = createUploadFates(client);
  return {
    fates,
    fate: (id: string) => fates.store.getState().get(id),
    change: (upsert: readonly Upload[], removed: readonly string[] = []) => listener?.({ rev: (rev += 1), upsert: [...upsert], removed: [...removed], reordered: true }),
  };
};

test('remembers what was deleted and what was removed, and nothing of what is online', () => {
  const { fate, change } = main();
  change([up('a', 'deleted'), up('b', 'already_gone'), up('c', 'online'), up('d', 'refused')], ['e']);
  expect(['a', 'b', 'c', 'd', 'e'].map(fate)).toEqual(['deleted', 'already_gone', undefined, undefined, 'removed']);
});

test('keeps the map object when a change says nothing new', () => {
  const { fates, change } = main();
  change([up('a', 'deleted')]);
  const before = fates.store.getState();
  change([up('a', 'deleted'), up('b', 'online')]);
  expect(fates.store.getState()).toBe(before);
});

test('learns what was deleted before the window was there, and trusts an event more than that answer', async () => {
  const { fates, fate, change } = main(() => {
    change([up('b', 'online')]);
    return Promise.resolve([up('a', 'deleted'), up('b', 'deleted')]);
  });
  await fates.catchUp(2);
  expect([fate('a'), fate('b')]).toEqual(['deleted', undefined]);
});

test('goes on without the library when it cannot be read', async () => {
  const { fates } = main(() => Promise.reject(new CallFailure({ code: 'failed', id: 'e1', problem: inventProblem({ message: 'internal' }) })));
  await fates.catchUp(1);
  expect(fates.store.getState().size).toBe(0);
});
