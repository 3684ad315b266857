/**
 * Which test holds which row of Electron's security checklist:
 *
 *  1  only secure content            window.spec: the page asks nothing of any other scheme
 *  2  no Node in the page            window.spec: isolated and sandboxed
 *  3  context isolation              window.spec: isolated and sandboxed
 *  4  sandbox                        window.spec, and ordinary-user.spec with Chromium's sandbox really on
 *  5  permissions                    window.spec: every permission is denied
 *  6  webSecurity                    window.spec: isolated and sandboxed
 *  7  content policy                 window.spec: scripts in the markup, foreign pictures; page-answer.test
 *  8  no insecure content            window.spec: isolated and sandboxed
 *  9  no experiments                 window.spec: isolated and sandboxed
 * 10  no Blink features              window.spec: isolated and sandboxed
 * 11  no allowpopups                 window.spec: opens no window; webview is no element
 * 12  webview options                window.spec: webview is no element
 * 13  navigation                     window.spec: cannot be led elsewhere
 * 14  new windows                    window.spec: cannot be led elsewhere and opens no window
 * 15  openExternal                   open-external.test; app/menu.spec: links leave by one door
 * 16  a current Electron             here
 * 17  senders of messages            window.spec: refused on every channel; register.test
 * 18  no file scheme                 window.spec: addresses of our scheme
 * 19  fuses                          belong to packaging, which does not exist yet: nothing is shipped whose fuses could be set
 * 20  no Electron in the page        window.spec: named functions
 *
 * Beyond the list: secrets.spec holds that no key and no delete link stands anywhere in plain text.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { appFolder } from '../runtime';

/** The newest majors and the day each became stable; Electron's makers keep three alive. */
const MAJORS = [
  { major: 45, since: '2026-10-21' },
  { major: 44, since: '2026-08-25' },
  { major: 43, since: '2026-07-01' },
] as const;

test('the Electron that is shipped is one of the three newest majors', async () => {
  const { devDependencies } = JSON.parse(await readFile(join(appFolder(), 'package.json'), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> };
  const major = Number(/\d+/.exec(devDependencies['electron'] ?? '')?.[0]);
  expect(major).toBeGreaterThanOrEqual(Math.min(...MAJORS.map((one) => one.major)));
});
