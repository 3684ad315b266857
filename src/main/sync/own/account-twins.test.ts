import { expect, it } from 'vitest';
import type { SyncFirstRun, SyncMeeting } from '../../../shared/model/sync';
import { withoutTwins } from './account-twins';

const account = (name: string, url = 'https://host.example'): string => JSON.stringify({ name, provider: 'wizs', url });
const meeting = (rows: readonly SyncMeeting[]): SyncFirstRun => ({
  case: 'both',
  here: null,
  there: null,
  merge: { fromThere: rows.filter(({ from }) => from === 'there').length, fromHere: rows.filter(({ from }) => from === 'here').length, conflicts: rows.filter(({ from }) => from === 'both').length },
  rows,
});

it('accounts that were set up by hand on both devices are no accounts that come or go, whatever their ids', () => {
  const other: SyncMeeting = { path: ['id-3'], from: 'there', there: account('blog', 'https://other.example'), cut: false };
  const clash: SyncMeeting = { path: ['id-4', 'name'], from: 'both', here: '"a"', there: '"b"', cut: false };
  const twins: readonly SyncMeeting[] = [
    { path: ['id-1'], from: 'here', here: account('blog'), cut: false },
    { path: ['id-2'], from: 'there', there: account('blog'), cut: false },
  ];
  expect(withoutTwins(meeting([clash, ...twins, other]))).toMatchObject({ merge: { fromThere: 1, fromHere: 0, conflicts: 1 }, rows: [clash, other] });
  expect(withoutTwins(meeting([other, clash]))).toEqual(meeting([other, clash]));
});
