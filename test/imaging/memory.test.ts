import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { heldMemory } from '../../src/lib/held-memory';
import { nodeChildren } from '../../src/main/cli/children';
import { createPool } from '../../src/main/imaging/create-pool';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const after = (ms: number, act: () => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

test.runIf(process.platform === 'linux')('a process that takes more and more, and never looks up from its work, is ended', async () => {
  writeFileSync(join(folder, 'imaging.js'), "process.on('message', () => { process.send({ id: 0, pid: process.pid }); const kept = []; for (;;) if (kept.length < 40) kept.push(Buffer.alloc(10_000_000, 1)); });");
  const pool = createPool({ children: nodeChildren(folder), size: 1, after, mostMemory: 200_000_000 });
  expect(await pool.ask({}, 60_000)).toEqual({ type: 'memory' });
  pool.close();
}, 60_000);

test.runIf(process.platform === 'linux')('what another process holds is told, and of one that is gone nothing', () => {
  expect(heldMemory(process.pid)).toBeGreaterThan(10_000_000);
  expect(heldMemory(2 ** 30)).toBeNull();
});
