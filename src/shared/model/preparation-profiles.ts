import type { Adapted, Job } from './job';
import type { Crop, Frame, PreparationProfile, PreparationSettings, Watermark } from './preparation';

// Apart from the schemas, which the window does not load: its content policy forbids what they do there.

const UNTOUCHED = {
  ...{ metadata: 'keep', orientation: 'keep', colour: 'keep', crop: null, resize: null },
  ...{ format: 'keep', formatRules: [], unsupported: 'send', svg: 'keep', quality: null, maxBytes: null, flatten: null },
  ...{ watermark: null, frame: null, naming: { template: '', slug: 'off', lowerCase: false, collision: 'ignore' } },
} as const satisfies Omit<PreparationProfile, 'id' | 'name'>;
/** Removes location and camera data, and scripts from drawings, and changes no pixel but where a host does not take a camera's format. */
export const PRIVATE: PreparationProfile = { ...UNTOUCHED, id: 'private', name: 'private', metadata: 'strip', unsupported: 'convert', svg: 'sanitise' };
/** Sends every file as it is. */
export const AS_IT_IS: PreparationProfile = { ...UNTOUCHED, id: 'none', name: 'none' };

/** Profiles that are always there; they cannot be changed, and their ids are their names. */
export const BUILT_IN: readonly PreparationProfile[] = [PRIVATE, AS_IT_IS];

export const profilesOf = ({ profiles }: PreparationSettings): readonly PreparationProfile[] => [...BUILT_IN, ...profiles];

/** The profile that a person named, by its name or id. */
export const profileNamed = (settings: PreparationSettings, name: string): PreparationProfile | undefined => {
  const all = profilesOf(settings);
  return all.find((profile) => profile.id === name) ?? all.find((profile) => profile.name.toLowerCase() === name.trim().toLowerCase());
};

/** The profile for an account's uploads; one that is gone counts as not chosen. */
export const profileFor = (settings: PreparationSettings, accountId: string): PreparationProfile => {
  const byId = (id: string | undefined): PreparationProfile | undefined => profilesOf(settings).find((profile) => profile.id === id);
  return byId(settings.accounts[accountId]) ?? byId(settings.defaultProfile) ?? PRIVATE;
};

/** The profile, and beyond it what the host wants. */
export const adaptedProfile = (profile: PreparationProfile, adapted: Adapted | null): PreparationProfile => {
  if (adapted === null) return profile;
  const limits = [profile.maxBytes, adapted.maxBytes].filter((limit) => limit !== null);
  return { ...profile, maxBytes: limits.length === 0 ? null : Math.min(...limits), ...(adapted.format === null ? {} : { format: adapted.format, formatRules: [] }) };
};

/** Whether there is something to lay over a picture: a text, or a file that was chosen, whether it is still there or not. */
export const drawsMark = (watermark: Watermark | null): watermark is Watermark => watermark !== null && (watermark.kind === 'text' ? watermark.text.trim() : watermark.path) !== '';

/** What a job's file is made ready by: what was asked for this once, else the account's; and beyond it what the host wants. */
export const profileOfJob = ({ profile, accountId, adapted }: Pick<Job, 'profile' | 'accountId' | 'adapted'>, settings: PreparationSettings): PreparationProfile =>
  adaptedProfile((profile === null ? undefined : profileNamed(settings, profile)) ?? profileFor(settings, accountId), adapted);

/** Whether a profile always asks for more than metadata: then pictures are decoded and encoded anew. */
export const changesPixels = (profile: PreparationProfile): boolean => {
  const { orientation, colour, crop, resize, format, formatRules, quality, maxBytes, flatten, watermark, frame } = profile;
  const wishes = [crop, resize, quality, maxBytes, flatten, frame].some((wish) => wish !== null);
  return wishes || drawsMark(watermark) || orientation === 'apply' || colour === 'srgb' || format !== 'keep' || formatRules.some((rule) => rule.format !== 'keep');
};

/** What a watermark and a frame begin as in an editor. */
export const NEW_WATERMARK: Watermark = { kind: 'text', text: '', colour: '#ffffff', path: '', place: 'bottom-right', size: 6, margin: 3, opacity: 60, angle: 0 };
export const NEW_FRAME: Frame = { radius: 12, border: null, shadow: { size: 24, opacity: 35 } };
export const NEW_CROP: Crop = { tolerance: 10, margin: 0 };

/** A person's new profile: it begins as the one that takes location and camera data out. */
export const newProfile = (id: string, name: string): PreparationProfile => ({ ...PRIVATE, id, name });
