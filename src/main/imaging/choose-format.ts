import type { PictureFormat, PreparationProfile } from '../../shared/model/preparation';
import type { Source } from './open-picture';
import type { OutputFormat } from './output-format';

/** What a host says it takes: extensions in lower case without dot; none of them: it does not say. */
export type Takes = readonly string[];

/** What a picture is to become: pixels of a format, a drawing without what it could run, or what it is. */
export type Aim = { readonly type: 'pixels'; readonly format: OutputFormat } | { readonly type: 'drawing' } | { readonly type: 'same' };

/** Formats of cameras and drawings: a host that does not take them gets another one. */
const CONVERTED: ReadonlySet<string> = new Set(['heic', 'avif', 'tiff', 'bmp', 'svg']);

const takes = (list: Takes, format: string): boolean => list.length === 0 || (format === 'jpeg' ? list.includes('jpg') || list.includes('jpeg') : list.includes(format === 'tiff' && list.includes('tif') ? 'tif' : format));

/** Whether a host gets a picture of this format only after it was made into another one. */
export const mustConvert = (kind: string, { unsupported }: Pick<PreparationProfile, 'unsupported'>, list: Takes): boolean => unsupported === 'convert' && CONVERTED.has(kind) && !takes(list, kind);

/** The format that a profile wants of pictures of this one. */
export const wantedOf = (kind: Source['kind'], { formatRules, format }: Pick<PreparationProfile, 'formatRules' | 'format'>): PictureFormat => formatRules.find(({ input }) => input === kind)?.format ?? format;

/** What a profile makes of a picture for a host. `works`: it wants something else of the pixels, too. */
export function aimOf({ kind, format, facts, animated }: Pick<Source, 'kind' | 'format' | 'facts' | 'animated'>, profile: PreparationProfile, list: Takes, works: boolean): Aim {
  const wanted = wantedOf(kind, profile);
  const ok = (one: OutputFormat): boolean => profile.unsupported === 'send' || takes(list, one);
  const lossless = facts.hasAlpha || kind === 'svg' || kind === 'bmp';
  const usual: readonly OutputFormat[] = animated ? ['gif', 'webp'] : lossless ? ['png', 'webp', 'jpeg'] : ['jpeg', 'png', 'webp'];
  const best = usual.find(ok) ?? (lossless ? 'png' : 'jpeg');
  const must = kind !== null && mustConvert(kind, profile, list);
  if (wanted !== 'keep') return { type: 'pixels', format: ok(wanted) ? wanted : format !== null && !must ? format : best };
  if (kind === 'svg') return must || profile.svg === 'rasterise' ? { type: 'pixels', format: best } : profile.svg === 'sanitise' ? { type: 'drawing' } : { type: 'same' };
  if (must || (format === null && works)) return { type: 'pixels', format: best };
  return format === null ? { type: 'same' } : { type: 'pixels', format };
}
