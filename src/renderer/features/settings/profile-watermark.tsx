import { useEffect, useState } from 'react';
import type { Watermark } from '../../../shared/model/preparation';
import { BOUNDS, PLACES } from '../../../shared/model/preparation-choices';
import { NEW_WATERMARK } from '../../../shared/model/preparation-profiles';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Button } from '../../ui/button';
import { Field, TextArea } from '../../ui/field';
import { Select } from '../../ui/select';
import { BoundedNumber } from './bounded-number';
import { ColourInput } from './colour-input';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

const kinds = ['off', 'text', 'picture'] as const;

/** Until a text counts as typed. */
const TYPED_MS = 300;

type MarkProps = { readonly mark: Watermark; readonly set: (part: Partial<Watermark>) => void };

/** The characters of a text that cannot be drawn, found out a moment after it was typed. */
const useMissing = (text: string): string => {
  const call = useCall();
  const [missing, setMissing] = useState('');
  useEffect(() => {
    let left = false;
    // Plain Latin is always there: no process is started for it.
    if (/^[\x20-\x7e\s]*$/.test(text)) return setMissing('');
    const timer = setTimeout(() => {
      void call('preparation:missing-letters', { text }).then((answer) => {
        if (!left && answer !== undefined) setMissing(answer.missing);
      });
    }, TYPED_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [call, text]);
  return missing;
};

const MarkText = ({ mark, set }: MarkProps) => {
  const { t } = useText();
  const [draft, setDraft] = useState(mark.text);
  useEffect(() => setDraft(mark.text), [mark.text]);
  const missing = useMissing(draft);
  return (
    <>
      <Field label={t('partWatermarkText')} error={missing === '' ? null : t('partWatermarkLetters', { letters: missing })} {...(draft.trim() === '' ? { help: t('partWatermarkTextMissing') } : {})}>
        <TextArea
          className="!font-sans"
          value={draft}
          maxLength={500}
          onChange={setDraft}
          onBlur={() => {
            if (draft !== mark.text) set({ text: draft });
          }}
        />
      </Field>
      <ColourInput label={t('partWatermarkColour')} value={mark.colour} onChange={(colour) => set({ colour })} />
    </>
  );
};

const MarkPicture = ({ mark, set }: MarkProps) => {
  const { t } = useText();
  const call = useCall();
  const choose = async (): Promise<void> => {
    const chosen = await call('preparation:choose-mark', undefined);
    if (chosen !== undefined && chosen.path !== null) set({ path: chosen.path });
  };
  return (
    <section aria-label={t('partWatermarkFile')} className="flex flex-col gap-1.5">
      <h3 className="font-medium">{t('partWatermarkFile')}</h3>
      <p className="said break-all text-text-2 select-text">{mark.path === '' ? t('partWatermarkFileNone') : mark.path}</p>
      <Button className="self-start" onClick={() => void choose()}>
        {t('partWatermarkChoose')}
      </Button>
    </section>
  );
};

export const ProfileWatermark = ({ profile: { watermark }, onChange }: PartProps) => {
  const { t } = useText();
  const set = (part: Partial<Watermark>): void => onChange({ watermark: { ...(watermark ?? NEW_WATERMARK), ...part } });
  return (
    <SettingsGroup title={t('partWatermark')}>
      <Field label={t('partWatermarkKind')}>
        <Select
          className="w-72 max-w-full"
          label={t('partWatermarkKind')}
          value={watermark?.kind ?? 'off'}
          options={kinds.map((value) => ({ value, label: t(`watermark_${value}`) }))}
          onChange={(kind) => (kind === 'off' ? onChange({ watermark: null }) : set({ kind }))}
        />
      </Field>
      {watermark === null ? null : (
        <>
          {watermark.kind === 'text' ? <MarkText mark={watermark} set={set} /> : <MarkPicture mark={watermark} set={set} />}
          <Field label={t('partWatermarkPlace')}>
            <Select className="w-72 max-w-full" label={t('partWatermarkPlace')} value={watermark.place} options={PLACES.map((value) => ({ value, label: t(`place_${value}`) }))} onChange={(place) => set({ place })} />
          </Field>
          <BoundedNumber label={t('partWatermarkSize')} bounds={BOUNDS.watermarkSize} value={watermark.size} onChange={(size) => set({ size })} />
          <BoundedNumber label={t('partWatermarkMargin')} bounds={BOUNDS.watermarkMargin} value={watermark.margin} onChange={(margin) => set({ margin })} />
          <BoundedNumber label={t('partWatermarkOpacity')} bounds={BOUNDS.opacity} value={watermark.opacity} onChange={(opacity) => set({ opacity })} />
          <BoundedNumber label={t('partWatermarkAngle')} bounds={BOUNDS.angle} value={watermark.angle} onChange={(angle) => set({ angle })} />
        </>
      )}
    </SettingsGroup>
  );
};
