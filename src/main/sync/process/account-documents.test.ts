import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { errorOf, memoryOf, SHORT_LIMITS, testHttp } from '../../../../test/providers/fixture';
import { createAccountMemories } from '../../accounts';
import { createRegistry } from '../../providers';
import { createAccountDocuments, type AccountDocumentsDeps } from './account-documents';

let host: TestHost;
const http = testHttp();
beforeAll(async () => {
  host = await startTestHost();
});
afterAll(async () => {
  http.close();
  await host.stop();
});

/** An account whose key is asked for before each call; the last one stays. */
const documentsWith = (keys: string[], memory: AccountDocumentsDeps['memory'] = () => memoryOf()) => {
  const asked: string[] = [];
  const connect = () => {
    const key = (keys.length > 1 ? keys.shift() : keys[0]) ?? '';
    asked.push(key);
    return Promise.resolve({ provider: 'picferry', name: 'other', url: host.urls.wizs, settings: { folder: '/second' }, secrets: { key }, limits: SHORT_LIMITS, proxy: { mode: 'none' } } as const);
  };
  return { asked, documents: createAccountDocuments({ http, registry: createRegistry(), connect, memory, now: Date.now })('other') };
};
const push = { fileKey: 'doc', text: '{"n":1}', deviceId: 'd', deviceName: 'D', message: '' };
const call = { signal: new AbortController().signal };

describe('the documents of an account', () => {
  it('are asked for once more when a key is refused that is another one by now', async () => {
    const { asked, documents } = documentsWith(['of-the-last-start', host.keys.wizs]);
    expect(await documents.push(push, call)).toMatchObject({ version: 1 });
    expect(asked).toEqual(['of-the-last-start', host.keys.wizs]);
    expect(await documents.latest('doc', 'd', call)).toMatchObject({ version: 1 });
  });

  it('are refused when the key is still the same', async () => {
    const { documents } = documentsWith(['wrong']);
    expect((await errorOf(documents.push(push, call))).problem).toMatchObject({ kind: 'auth', params: { host: 'other' } });
  });

  it('keep what was found out about the connection they have, and nothing of those before: a host on this computer has another key with every start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-hosts-'));
    const file = join(folder, 'hosts.json');
    const kept = (): number => Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).length;
    for (let start = 0; start < 3; start += 1) {
      const { documents } = documentsWith([`of-start-${start}`, host.keys.wizs], createAccountMemories(file).at);
      await documents.latest('doc', 'd', call);
      expect(kept()).toBe(1);
    }
    const before = readFileSync(file, 'utf8');
    await documentsWith([host.keys.wizs], createAccountMemories(file).at).documents.latest('doc', 'd', call);
    expect(readFileSync(file, 'utf8')).toBe(before);
    rmSync(folder, { recursive: true, force: true });
  });
});
