import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stemOf } from '../../shared/links';
import type { PreparationProfile } from '../../shared/model/preparation';
import { asksFor, wantsOwnName } from '../../shared/templates/name-template';
import type { FileFacts, FileToPrepare } from '../queue';
import { extensionOf } from './media-type';
import { ownName, safeFileName, withSuffix } from './safe-names';
import { wishedName } from './wished-name';

export type NamingParts = {
  readonly facts: Pick<FileFacts, 'partName' | 'sha256' | 'width' | 'height'>;
  readonly file: Pick<FileToPrepare, 'named' | 'place' | 'account' | 'isTaken' | 'clipboardApp'>;
  /** Its number in its profile's count. */
  readonly counter: number;
  readonly profile: Pick<PreparationProfile, 'naming' | 'name'>;
  /** Where the bytes lie that are sent. */
  readonly path: string;
  readonly now: number;
  readonly uuid: string;
};

/** What is sent is called this. A name that a person gave stays, made safe; a profile without wishes leaves the file's own, but for what is harmful in it. Rejects when the file cannot be read, or `signal` aborts. */
export async function nameOf({ facts, file, counter, profile, path, now, uuid }: NamingParts, signal: AbortSignal): Promise<string> {
  const { template, slug, lowerCase, collision } = profile.naming;
  const { partName, width, height } = facts;
  const stem = extensionOf(partName) === '' ? partName : stemOf(partName);
  const extension = partName.slice(stem.length + 1);
  if (file.named === true) return safeFileName(stem, extension);
  if (wantsOwnName(template) && slug === 'off' && !lowerCase && collision === 'ignore') return ownName(partName);
  const md5 = asksFor(template, 'md5') ? await digestOf(path, 'md5', signal) : '';
  const wantsSha = asksFor(template, 'sha256') || collision === 'digest';
  const sha256 = wantsSha ? (facts.sha256 ?? (await digestOf(path, 'sha256', signal))) : '';
  const subject = { stem, extension, at: now, uuid, md5, sha256, width, height, counter, place: file.place ?? 1, clipboardApp: file.clipboardApp ?? '', account: file.account ?? '', profile: profile.name };
  const name = await wishedName(profile.naming, subject);
  const taken = file.isTaken ?? (() => false);
  if (collision === 'ignore' || !taken(name)) return name;
  if (collision === 'digest') return withSuffix(name, `-${sha256.slice(0, 8)}`);
  for (let number = 2; number < MOST_NUMBERS; number += 1) if (!taken(withSuffix(name, `-${number}`))) return withSuffix(name, `-${number}`);
  return withSuffix(name, `-${uuid}`);
}

const MOST_NUMBERS = 1_000;

async function digestOf(path: string, algorithm: 'md5' | 'sha256', signal: AbortSignal): Promise<string> {
  const hash = createHash(algorithm);
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) hash.update(part as Buffer);
  return hash.digest('hex');
}
