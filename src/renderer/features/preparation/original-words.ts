import type { Account } from '../../../shared/model/account';
import { limitOf } from '../../../shared/model/account-limit';
import type { Job } from '../../../shared/model/job';
import type { Text } from '../../stores/text';

/** That a file as it is will be refused for its size, as far as that is known; null where it is not. `bytes`: of the original, where they are known. */
export function originalWords({ adapted, accountName }: Pick<Job, 'adapted' | 'accountName'>, account: Pick<Account, 'settings' | 'capabilities'> | undefined, bytes: number | null, text: Pick<Text, 't' | 'bytes'>): string | null {
  const limit = account === undefined ? null : limitOf(account);
  if (limit !== null && bytes !== null && bytes > limit) return text.t('compareOverLimit', { host: accountName, size: text.bytes(limit) });
  // Only who was refused for their size are made to fit.
  const refused = (adapted?.maxBytes ?? null) !== null;
  return refused && (limit === null || bytes === null) ? text.t('compareRefused', { host: accountName }) : null;
}
