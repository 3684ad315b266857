import type { PreparationProfile, PreparationSettings } from './preparation';

// Apart from the schemas, which the window does not load: its content policy forbids what they do there.

const UNTOUCHED = { metadata: 'keep', orientation: 'keep', colour: 'keep', resize: null, format: 'keep', quality: null, maxBytes: null, flatten: null } as const;
/** Removes location and camera data and changes no pixel. */
export const PRIVATE: PreparationProfile = { ...UNTOUCHED, id: 'private', name: 'private', metadata: 'strip' };
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

/** Whether a profile asks for more than metadata: then pictures are decoded and encoded anew. */
export const changesPixels = ({ orientation, colour, resize, format, quality, maxBytes, flatten }: PreparationProfile): boolean =>
  orientation === 'apply' || colour === 'srgb' || resize !== null || format !== 'keep' || quality !== null || maxBytes !== null || flatten !== null;
