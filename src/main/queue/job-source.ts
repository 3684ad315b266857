import type { Account } from '../../shared/model/account';
import type { PreparationSettings } from '../../shared/model/preparation';
import { profileOfJob } from '../../shared/model/preparation-profiles';
import type { JobSource } from './contract';
import type { JobRecord } from './job-record';

/** What a job is made of. Bytes that were kept for it are gone once it is done. */
export function sourceOf(record: JobRecord | undefined, settings: PreparationSettings, account: Pick<Account, 'capabilities'> | undefined): JobSource | null {
  if (record === undefined || record.input.type === 'bad' || (record.input.type === 'kept' && record.state === 'done')) return null;
  const { facts, name, named } = record;
  const made = facts === null ? null : { before: facts.report?.originalBytes ?? facts.bytes, after: facts.bytes };
  return { path: record.input.path, name, named, profile: profileOfJob(record, settings), takes: account?.capabilities.extensions ?? [], made, clipboardApp: clipboardAppOf(record) };
}

/** The program that a pasted picture came from; '' for other files. */
export const clipboardAppOf = ({ input }: Pick<JobRecord, 'input'>): string => (input.type === 'kept' ? (input.clipboardApp ?? '') : '');
