import { createHash } from 'node:crypto';
import { stemOf } from '../../shared/links';
import type { PreparationProfile } from '../../shared/model/preparation';
import { wantsOwnName } from '../../shared/templates/name-template';
import { extensionOf } from './media-type';
import { ownName } from './safe-names';
import { wishedName } from './wished-name';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const digest = (algorithm: 'md5' | 'sha256'): string => createHash(algorithm).update('an example').digest('hex');

/** What a file of this name would be called at a host, with invented facts; nothing else has its name. */
export async function exampleName({ naming, name: profile }: Pick<PreparationProfile, 'naming' | 'name'>, name: string, at: number, counter: number): Promise<string> {
  const { template, slug, lowerCase } = naming;
  const stem = extensionOf(name) === '' ? name : stemOf(name);
  const extension = name.slice(stem.length + 1);
  const subject = { stem, extension, at, uuid: UUID, md5: digest('md5'), sha256: digest('sha256'), width: 2048, height: 1365, counter, place: 1, clipboardApp: 'firefox', account: 'blog', profile };
  return wantsOwnName(template) && slug === 'off' && !lowerCase ? ownName(name) : wishedName(naming, subject);
}
