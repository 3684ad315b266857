import type { InputFormat, PictureFormat, PreparationProfile, PreparationSettings } from '../../shared/model/preparation';
import { changesPixels, drawsMark, profilesOf } from '../../shared/model/preparation-profiles';
import { wantsOwnName } from '../../shared/templates/name-template';
import type { Text, TextKey } from './text';

const builtIn: Readonly<Record<string, TextKey>> = { private: 'preparePrivate', none: 'prepareNone' };

/** What people call a profile; those that are always there have a name in each language. */
export const profileName = ({ id, name }: Pick<PreparationProfile, 'id' | 'name'>, { t }: Text): string => (builtIn[id] === undefined ? name : t(builtIn[id]));

/** Every profile as a choice. */
export const profileOptions = (settings: PreparationSettings, text: Text): readonly { readonly value: string; readonly label: string }[] =>
  profilesOf(settings).map((profile) => ({ value: profile.id, label: profileName(profile, text) }));

const inputs: Readonly<Record<InputFormat, string>> = { jpeg: 'JPEG', png: 'PNG', apng: 'APNG', webp: 'WebP', gif: 'GIF', avif: 'AVIF', heic: 'HEIC', tiff: 'TIFF', bmp: 'BMP', svg: 'SVG' };
export const inputName = (input: InputFormat): string => inputs[input];
const outputs: Readonly<Record<Exclude<PictureFormat, 'keep'>, string>> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF' };
export const outputName = (format: Exclude<PictureFormat, 'keep'>): string => outputs[format];

const resizeKeys = { longest: 'doesLongest', width: 'doesWidth', height: 'doesHeight' } as const satisfies Readonly<Record<string, TextKey>>;

const sizeSentences = ({ crop, resize }: PreparationProfile, { t, number, percent }: Text): readonly string[] => [
  ...(crop === null ? [] : [t('doesCrop')]),
  ...(resize === null ? [] : [resize.by === 'percent' ? t('doesPercent', { percent: percent(resize.value / 100) }) : t(resizeKeys[resize.by], { pixels: number(resize.value) })]),
];

const formatSentences = ({ format, formatRules, unsupported, quality, maxBytes, flatten }: PreparationProfile, { t, bytes }: Text): readonly string[] => [
  ...(format === 'keep' ? [] : [t('doesFormat', { format: outputName(format) })]),
  ...formatRules.map((rule) => (rule.format === 'keep' ? t('doesRuleKeep', { input: inputName(rule.input) }) : t('doesRule', { input: inputName(rule.input), format: outputName(rule.format) }))),
  ...(unsupported === 'convert' ? [t('doesUnsupported')] : []),
  ...(quality === null ? [] : [t('doesQuality', { quality })]),
  ...(maxBytes === null ? [] : [t('doesMaxBytes', { size: bytes(maxBytes) })]),
  ...(flatten === null ? [] : [t('doesFlatten', { colour: flatten })]),
];

const lookSentences = ({ watermark, frame, naming }: PreparationProfile, { t }: Text): readonly string[] => [
  ...(!drawsMark(watermark) ? [] : [watermark.kind === 'text' ? t('doesWatermarkText', { text: watermark.text.replace(/\s+/g, ' ') }) : t('doesWatermarkPicture')]),
  ...(frame === null ? [] : [t('doesFrame')]),
  ...(wantsOwnName(naming.template) ? [] : [t('doesNames', { template: naming.template })]),
  ...(naming.slug === 'off' && !naming.lowerCase ? [] : [t('doesSlug')]),
];

/** What a profile does, sentence by sentence, in the order it is done. */
export const profileSentences = (profile: PreparationProfile, text: Text): readonly string[] => {
  const { t } = text;
  const strips = profile.metadata === 'strip';
  const done = [
    ...(profile.orientation === 'apply' ? [t('doesTurn')] : []),
    ...(profile.colour === 'srgb' ? [t('doesSrgb')] : []),
    ...(profile.svg === 'keep' ? [] : [t(profile.svg === 'sanitise' ? 'doesSanitise' : 'doesRasterise')]),
    ...sizeSentences(profile, text),
    ...formatSentences(profile, text),
    ...lookSentences(profile, text),
  ];
  if (!strips && done.length === 0) return [t('doesNothing')];
  return [t(strips ? 'doesStrip' : 'doesKeep'), ...done, t(changesPixels(profile) ? 'doesPixels' : 'doesNoPixels')];
};

/** The same as one paragraph. */
export const profileText = (profile: PreparationProfile, text: Text): string => text.sentences(...profileSentences(profile, text));

/** A name that no profile has yet, made from one. */
export const freeName = (wanted: string, taken: readonly string[]): string => {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  if (!used.has(wanted.toLowerCase())) return wanted;
  for (let count = 2; ; count += 1) if (!used.has(`${wanted} ${count}`.toLowerCase())) return `${wanted} ${count}`;
};
