import { useRef, useState } from 'react';
import type { PreparationProfile } from '../../../shared/model/preparation';
import type { Profiles } from './use-profiles';

type ProfileDraft = {
  readonly shown: PreparationProfile;
  /** As it is this moment, also before it is drawn. */
  readonly now: () => PreparationProfile;
  readonly set: (profile: PreparationProfile) => void;
};

/** A profile as it was changed here last, also before that change has come back: of two changes in quick succession neither undoes the other. */
export function useProfileDraft(profile: PreparationProfile, profiles: Pick<Profiles, 'set'>): ProfileDraft {
  const [draft, setDraft] = useState<PreparationProfile | null>(null);
  const latest = useRef<PreparationProfile | null>(null);
  const underWay = useRef(0);
  const keep = (next: PreparationProfile | null): void => {
    latest.current = next;
    setDraft(next);
  };
  const set = async (next: PreparationProfile): Promise<void> => {
    keep(next);
    underWay.current += 1;
    await profiles.set(next);
    underWay.current -= 1;
    if (underWay.current === 0) keep(null);
  };
  return { shown: draft ?? profile, now: () => latest.current ?? profile, set: (next) => void set(next) };
}
