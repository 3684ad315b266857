import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { png } from '../../test/queue/queue-world';
import { openTestServices, settingsIn } from '../../test/world/test-services';

const disk = vi.hoisted(() => ({ full: false }));
vi.mock('./secrets', async (original) => {
  const real = await original<typeof import('./secrets')>();
  const openVault: typeof real.openVault = (deps) => (disk.full ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })) : real.openVault(deps));
  return { ...real, openVault };
});

let folder: string;
beforeEach(() => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  folder = mkdtempSync(join(tmpdir(), 'picferry-services-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const account = { name: 'mine', provider: 'wizs', url: 'http://127.0.0.1:9', settings: {}, secrets: { key: 'invented-key' } } as const;

it('opens an empty folder without starting a child, and finds everything again the second time', async () => {
  const store = settingsIn(folder);
  const first = await openTestServices(folder, { settingsStore: store });
  expect(first.notices.list()).toMatchObject([{ message: 'vaultKeyFile' }]);
  const { id } = first.accounts.save(account);
  first.queue.pause(true);
  writeFileSync(join(folder, 'a.png'), png());
  const { jobIds } = await first.queue.addMany(await first.intake.paths([join(folder, 'a.png')]), { accountId: id, albumId: null, force: false, origin: 'window' });
  await first.tidy();
  first.notices.dismiss('vaultKeyFile');
  await first.close();

  const second = await openTestServices(folder, { settingsStore: store });
  expect(second.accounts.byName('mine')).toMatchObject({ id, secretsSet: ['key'], isDefault: true });
  expect(second.accounts.config(id).secrets).toEqual({ key: 'invented-key' });
  expect(second.queue.snapshot().jobs.map((job) => job.id)).toEqual(jobIds);
  expect(second.notices.list()).toEqual([]);
  await second.close();
});

it('closes while an account does not answer, and twice as well as once', async () => {
  const services = await openTestServices(folder);
  const { id } = services.accounts.save(account);
  writeFileSync(join(folder, 'a.png'), png());
  await services.queue.addMany([{ type: 'file', path: join(folder, 'a.png') }], { accountId: id, albumId: null, force: false, origin: 'window' });
  await services.close();
  await services.close();
});

it('says that a folder cannot be used', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(openTestServices(join(folder, 'file'), { settingsStore: settingsIn(folder) })).rejects.toMatchObject({ problem: { kind: 'file', message: 'diskRefused' } });
});

it('says that the disk is full when the vault cannot be written for that', async () => {
  disk.full = true;
  try {
    await expect(openTestServices(folder)).rejects.toMatchObject({ problem: { kind: 'file', message: 'diskFull', retryable: true } });
  } finally {
    disk.full = false;
  }
});
