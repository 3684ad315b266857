import { expect, it, vi } from 'vitest';
import type { Notice } from '../../shared/model/notice';
import { createNotices } from '.';

const notice = (id: string): Notice => ({ id, level: 'warning', message: id, params: {} });

it('keeps what it was told until that is put away, and tells of each change', () => {
  const notices = createNotices({ has: () => false, add: () => undefined });
  const heard = vi.fn();
  const off = notices.onChange(heard);
  notices.add(notice('a:1'));
  notices.add(notice('b:1'));
  notices.dismiss('a:1');
  notices.dismiss('a:1');
  expect(notices.list()).toEqual([notice('b:1')]);
  expect(heard).toHaveBeenCalledTimes(3);
  expect(notices.rev()).toBe(3);
  off();
  notices.add(notice('c:1'));
  expect(heard).toHaveBeenCalledTimes(3);
});

it('never tells again of a lasting fact that was put away, and always of an event', () => {
  const away = new Set<string>();
  const putAway = { has: (id: string) => away.has(id), add: (id: string) => void away.add(id) };
  const first = createNotices(putAway);
  for (const id of ['vaultKeyFile', 'vaultCorrupt:1']) {
    first.add(notice(id));
    first.dismiss(id);
  }
  const second = createNotices(putAway);
  for (const id of ['vaultKeyFile', 'vaultCorrupt:1']) second.add(notice(id));
  expect(second.list()).toEqual([notice('vaultCorrupt:1')]);
});
