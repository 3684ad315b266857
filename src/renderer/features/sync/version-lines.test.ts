import { expect, test } from 'vitest';
import type { SyncVersionRow } from '../../../shared/model/sync';
import { isSilent } from './device-words';
import { dayOfLabel, timelineOf } from './version-lines';

const row = (version: number, createdAt: string | null): SyncVersionRow => ({ version, hash: null, note: '', deviceId: null, deviceName: null, isThisDevice: false, createdAt, parents: [], marks: [] });

test('reads day and time of a host’s label without taking it for a moment', () => {
  expect(dayOfLabel('2026-11-28 14:05:09')).toBe('2026-11-28');
  expect(dayOfLabel('2026-11-28T14:05:09.120Z')).toBe('2026-11-28');
  expect(dayOfLabel('yesterday')).toBe('');
  expect(dayOfLabel(null)).toBe('');
});

test('puts the file first and a heading above the versions of each day', () => {
  const lines = timelineOf([row(3, '2026-11-28 10:00:00'), row(2, '2026-11-28 09:00:00'), row(1, '2026-11-27 09:00:00')], true);
  expect(lines.map((line) => (line.kind === 'day' ? line.day : line.kind === 'file' ? 'file' : line.row.version))).toEqual(['file', '2026-11-28', 3, 2, '2026-11-27', 1]);
});

test('takes a device for silent after more than a month, whatever the zone of the label is', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  expect(isSilent('2026-10-01 12:00:00', now)).toBe(true);
  expect(isSilent('2026-11-20 12:00:00', now)).toBe(false);
  expect(isSilent(null, now)).toBe(false);
  expect(isSilent('some time ago', now)).toBe(false);
});
