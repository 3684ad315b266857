import type { Account } from '../../shared/model/account';
import type { PreparationProfile, PreparationSettings } from '../../shared/model/preparation';
import { adaptedProfile, profileFor, profileNamed } from '../../shared/model/preparation-profiles';
import type { JobSource } from './contract';
import type { JobRecord } from './job-record';

/** What a job's file is made ready by: what was asked for this once, else the account's; and beyond it what the host wants. */
export const profileOf = ({ profile, accountId, adapted }: Pick<JobRecord, 'profile' | 'accountId' | 'adapted'>, settings: PreparationSettings): PreparationProfile =>
  adaptedProfile((profile === null ? undefined : profileNamed(settings, profile)) ?? profileFor(settings, accountId), adapted);

/** What a job is made of. Bytes that were kept for it are gone once it is done. */
export function sourceOf(record: JobRecord | undefined, settings: PreparationSettings, account: Pick<Account, 'capabilities'> | undefined): JobSource | null {
  if (record === undefined || record.input.type === 'bad' || (record.input.type === 'kept' && record.state === 'done')) return null;
  const { facts, name, named } = record;
  const made = facts === null ? null : { before: facts.report?.originalBytes ?? facts.bytes, after: facts.bytes };
  return { path: record.input.path, name, named, profile: profileOf(record, settings), takes: account?.capabilities.extensions ?? [], made, clipboardApp: clipboardAppOf(record) };
}

/** The program that a pasted picture came from; '' for other files. */
export const clipboardAppOf = ({ input }: Pick<JobRecord, 'input'>): string => (input.type === 'kept' ? (input.clipboardApp ?? '') : '');
