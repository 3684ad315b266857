import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENT, startRunningWorld, type RunningWorld } from '../../../../test/sync/running-world';

let world: RunningWorld;
beforeAll(async () => {
  world = await startRunningWorld();
});
afterAll(async () => {
  await world.closeAll();
  await world.stop();
});

test('texts are looked at, laid out, compared and saved by the process that holds the engine', async () => {
  const { sync, file } = world.installation();
  writeFileSync(file, '{"a":1.0,"b":[1]}');
  const service = await sync.open();
  expect(await service.look(file)).toMatchObject({ bytes: 17, problem: null, takenBy: null });
  await service.add(DOCUMENT, file);
  await service.run(DOCUMENT);
  expect(await service.look(file)).toMatchObject({ takenBy: DOCUMENT });
  const page = await service.lines(DOCUMENT, 1, { id: undefined, offset: 1, limit: 2 });
  expect(page).toMatchObject({ total: 6, lines: ['  "a": 1.0,', '  "b": ['] });
  expect((await service.lines(DOCUMENT, 1, { id: page.id, offset: 5, limit: 2 })).lines).toEqual(['}']);
  writeFileSync(file, '{"a":2,"b":[1]}');
  const rows = await service.lineRows(DOCUMENT, { before: 1, after: 'file' }, false, { id: undefined, offset: 0, limit: 3 });
  expect(rows.rows).toEqual([
    { kind: 'same', before: 1, after: 1, text: '{' },
    { kind: 'removed', before: 2, text: '  "a": 1.0,' },
    { kind: 'added', after: 2, text: '  "a": 2,' },
  ]);
  await service.save(DOCUMENT, 1, `${file}.kept`);
  expect(readFileSync(`${file}.kept`, 'utf8')).toBe('{"a":1.0,"b":[1]}');
  await expect(service.save(DOCUMENT, 1, join(file, 'below-a-file'))).rejects.toMatchObject({ problem: { kind: 'file' } });
});
