import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OWNER_NOTE, type DataFolder } from '../../lib/data-folder';
import { becomeOwner } from '../handover';
import { claimFolder } from './claim-folder';

let folder: DataFolder;

beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), 'picferry-claim-'));
  folder = { path, store: join(path, 'store'), logs: join(path, 'logs'), writable: true, why: null };
  mkdirSync(folder.store);
});
afterEach(() => rmSync(folder.path, { recursive: true, force: true }));

it('finds a folder free before its first owner and after one that ended in order, and owned in between', async () => {
  expect(claimFolder(folder, {}).seemsOwned).toBe(false);
  const owner = await becomeOwner(folder.path);
  expect(claimFolder(folder, {}).seemsOwned).toBe(true);
  owner?.release();
  expect(claimFolder(folder, {}).seemsOwned).toBe(false);
});

it('becomes the owner where a process that was killed left its note', async () => {
  writeFileSync(join(folder.store, OWNER_NOTE), join(folder.path, 'nobody.sock'));
  const claim = claimFolder(folder, {});
  expect(claim.seemsOwned).toBe(true);
  claim.begin();
  const owner = await claim.settled;
  expect(owner).not.toBe('shown');
  if (owner !== 'shown') owner.release();
});

it('claims nothing before it is begun', async () => {
  const claim = claimFolder(folder, {});
  const other = await becomeOwner(folder.path);
  other?.serve({ command: () => Promise.resolve(0), window: () => 'shown' });
  claim.begin();
  expect(await claim.first).toBe('shown');
  other?.release();
});
