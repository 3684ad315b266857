import { ChevronLeft, Copy, Lock, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PreparationProfile } from '../../../shared/model/preparation';
import { BUILT_IN, profilesOf } from '../../../shared/model/preparation-profiles';
import { profileName, profileSentences } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { ProfileFormat } from './profile-format';
import { ProfileFrame } from './profile-frame';
import { ProfileNames } from './profile-names';
import type { PartProps } from './profile-part';
import { ProfilePrivacy } from './profile-privacy';
import { ProfileSize } from './profile-size';
import { ProfileTrial } from './profile-trial';
import { ProfileWatermark } from './profile-watermark';
import { useProfileDraft } from './use-profile-draft';
import { useProfiles } from './use-profiles';

const small = { size: 14, 'aria-hidden': true } as const;
const MOST_STEPS = 100;

const NameField = ({ profile, onChange }: PartProps) => {
  const text = useText();
  const { t } = text;
  const preparation = useSettings((settings) => settings.preparation);
  const [draft, setDraft] = useState(profile.name);
  useEffect(() => setDraft(profile.name), [profile.name]);
  const name = draft.trim();
  const taken = profilesOf(preparation).some((one) => one.id !== profile.id && [one.name, profileName(one, text)].some((other) => other.toLowerCase() === name.toLowerCase()));
  const error = name === '' ? t('profileNameMissing') : taken ? t('profileNameTaken') : null;
  const keep = (): void => {
    if (error === null && name !== profile.name) onChange({ name });
  };
  return (
    <Field label={t('profileName')} error={error}>
      <Input
        value={draft}
        maxLength={80}
        onChange={setDraft}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
    </Field>
  );
};

const Does = ({ profile }: { readonly profile: PreparationProfile }) => {
  const text = useText();
  return (
    <section aria-label={text.t('profileDoes')}>
      <h3 className="font-medium">{text.t('profileDoes')}</h3>
      <div role="status">
        <ul className="said mt-1 list-disc pl-4 text-text-2 marker:text-line-strong">
          {profileSentences(profile, text).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </section>
  );
};

type ProfileEditorProps = {
  readonly profile: PreparationProfile;
  /** Just made: its name comes first. */
  readonly fresh: boolean;
  readonly onBack: () => void;
  /** Opens one that was just made. */
  readonly onMade: (id: string) => void;
};

/** One profile with everything it can do; each change holds at once and can be undone, step by step. */
export const ProfileEditor = ({ profile: kept, fresh, onBack, onMade }: ProfileEditorProps) => {
  const text = useText();
  const { t } = text;
  const profiles = useProfiles();
  const { shown: profile, now, set } = useProfileDraft(kept, profiles);
  const back = useRef<HTMLDivElement>(null);
  const fixed = BUILT_IN.some(({ id }) => id === profile.id);
  const named = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const name = fresh ? named.current?.querySelector('input') : null;
    // Whoever opened it by keyboard goes on from here.
    (name ?? back.current?.querySelector('button'))?.focus();
    name?.select();
  }, [fresh]);
  const [before, setBefore] = useState<readonly PreparationProfile[]>([]);
  const onChange: PartProps['onChange'] = (part) => {
    const last = now();
    setBefore((steps) => [...steps, last].slice(-MOST_STEPS));
    set({ ...last, ...part });
  };
  const undo = (): void => {
    const last = before.at(-1);
    setBefore(before.slice(0, -1));
    if (last !== undefined) set(last);
  };
  const part = { profile, onChange };
  const duplicate = (): void => void profiles.duplicate(profile).then((id) => (id === null ? undefined : onMade(id)));
  return (
    <>
      <div ref={back} className="mb-3 flex flex-wrap items-center gap-2">
        <Button look="quiet" className="-ml-3" icon={<ChevronLeft size={16} aria-hidden />} onClick={onBack}>
          {t('profileBack')}
        </Button>
        <span className="ml-auto flex flex-wrap gap-2">
          {fixed ? null : (
            <Button size="s" icon={<Undo2 {...small} />} disabled={before.length === 0} onClick={undo}>
              {t('profileUndo')}
            </Button>
          )}
          <Button size="s" icon={<Copy {...small} />} onClick={duplicate}>
            {t('profileDuplicate')}
          </Button>
          {fixed ? null : (
            <Button
              size="s"
              icon={<Trash2 {...small} />}
              onClick={() => {
                void profiles.remove(profile);
                onBack();
              }}
            >
              {t('profileDelete')}
            </Button>
          )}
        </span>
      </div>
      <section aria-label={profileName(profile, text)} className="border-b border-line pb-4">
        <h2 className="text-lead font-semibold">{profileName(profile, text)}</h2>
        <div className="mt-2.5 grid max-w-200 gap-4 min-[1000px]:grid-cols-2">
          <div ref={named} className="flex min-w-0 flex-col gap-3">
            {fixed ? (
              <Bar tone="neutral" icon={<Lock {...small} />}>
                {t('profileFixed')}
              </Bar>
            ) : (
              <NameField {...part} />
            )}
          </div>
          <Does profile={profile} />
        </div>
      </section>
      <ProfileTrial profile={profile} />
      {fixed ? null : (
        <>
          <ProfilePrivacy {...part} />
          <ProfileSize {...part} />
          <ProfileFormat {...part} />
          <ProfileWatermark {...part} />
          <ProfileFrame {...part} />
          <ProfileNames {...part} />
        </>
      )}
    </>
  );
};
