import { useMemo } from 'react';
import type { PreparationProfile } from '../../../shared/model/preparation';
import { profilesOf } from '../../../shared/model/preparation-profiles';
import { freeName, profileName } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { useChange } from './use-change';

export type Profiles = {
  /** Resolves to the new profile's id; null when it could not be kept. */
  readonly add: (make: (id: string) => PreparationProfile) => Promise<string | null>;
  readonly duplicate: (profile: PreparationProfile) => Promise<string | null>;
  /** Says nothing of it: who changes a profile step by step keeps the way back. Resolves when the change holds or was refused. */
  readonly set: (profile: PreparationProfile) => Promise<void>;
  /** Accounts and keys that have it go back to what is for all; Undo brings everything back. */
  readonly remove: (profile: PreparationProfile) => Promise<void>;
};

/** Changes the list of profiles. Each change holds at once and can be undone. */
export const useProfiles = (): Profiles => {
  const app = useApp();
  const text = useText();
  const change = useChange();
  return useMemo(() => {
    const now = () => app.settings.getState().state;
    const add: Profiles['add'] = async (make) => {
      const { preparation } = now();
      const made = make(crypto.randomUUID());
      const kept = await change({ preparation: { ...preparation, profiles: [...preparation.profiles, made] } }, { key: 'profileMade', params: { name: made.name } });
      return kept ? made.id : null;
    };
    return {
      add,
      duplicate: (profile) => {
        const taken = profilesOf(now().preparation).map((one) => profileName(one, text));
        const name = freeName(text.t('profileCopyName', { name: profileName(profile, text) }).slice(0, 76), taken);
        return add((id) => ({ ...profile, id, name }));
      },
      set: async (profile) => {
        const { preparation } = now();
        await change({ preparation: { ...preparation, profiles: preparation.profiles.map((one) => (one.id === profile.id ? profile : one)) } }, null);
      },
      remove: async (profile) => {
        const { preparation, shortcuts } = now();
        const accounts = Object.fromEntries(Object.entries(preparation.accounts).filter(([, id]) => id !== profile.id));
        const defaultProfile = preparation.defaultProfile === profile.id ? 'private' : preparation.defaultProfile;
        const used = Object.values(shortcuts).some((shortcut) => shortcut.profile === profile.id);
        const freed = (name: keyof typeof shortcuts) => (shortcuts[name].profile === profile.id ? { ...shortcuts[name], profile: null } : shortcuts[name]);
        await change(
          {
            preparation: { profiles: preparation.profiles.filter(({ id }) => id !== profile.id), defaultProfile, accounts },
            ...(used
              ? { shortcuts: { uploadClipboard: freed('uploadClipboard'), captureRegion: freed('captureRegion'), captureWindow: freed('captureWindow'), captureScreen: freed('captureScreen'), openWindow: freed('openWindow') } }
              : {}),
          },
          { key: 'profileDeleted', params: { name: profile.name } },
        );
      },
    };
  }, [app, text, change]);
};
