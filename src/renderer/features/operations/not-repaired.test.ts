import { expect, it } from 'vitest';
import { notRepaired } from './not-repaired';

it('has a sentence for each reason why pictures were not queued again, and names the first of them', () => {
  const moved = ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => ({ id: name, name, why: 'moved' as const }));
  const missing = [...moved, { id: 'p', name: 'pasted.png', why: 'no_file' as const }];
  expect(notRepaired({ missing, left: { deleted: 2, working: 0 } })).toEqual([
    { key: 'operationRepairNoFile', params: { count: 1, names: 'pasted.png' } },
    { key: 'operationRepairMoved', params: { count: 4, names: 'a.png, b.png, c.png …' } },
    { key: 'operationRepairDeleted', params: { count: 2 } },
  ]);
  expect(notRepaired({ missing: [], left: { deleted: 0, working: 0 } })).toEqual([]);
});
