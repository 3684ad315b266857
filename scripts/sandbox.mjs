import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from './say.mjs';

const reads = (path, value) => existsSync(path) && readFileSync(path, 'utf8').trim() === value;

/** Where Linux keeps ordinary users from making namespaces, Chromium needs its helper owned by root. */
export const checkSandbox = (executable) => {
  if (process.platform !== 'linux' || process.getuid() === 0) return;
  const closed =
    reads('/proc/sys/kernel/unprivileged_userns_clone', '0') ||
    reads('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') ||
    reads('/proc/sys/user/max_user_namespaces', '0');
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (!closed || !existsSync(helper)) return;
  const { uid, mode } = statSync(helper);
  if (uid === 0 && (mode & 0o4000) !== 0) return;
  throw new SetupError(`this system lets Chromium's sandbox start only by a helper that root owns. Run this line once and start again:\nsudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
};
