import { BOUNDS, RESIZE_CHOICES } from '../../../shared/model/preparation-choices';
import { NEW_CROP } from '../../../shared/model/preparation-profiles';
import { useText } from '../../stores/text';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { BoundedNumber } from './bounded-number';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

const OFF = 'off';
const choices = [OFF, ...RESIZE_CHOICES] as const;
/** What the number begins as when its meaning changes. */
const usual = (by: (typeof RESIZE_CHOICES)[number]): number => (by === 'percent' ? 50 : 2048);

export const ProfileSize = ({ profile: { crop, resize }, onChange }: PartProps) => {
  const { t } = useText();
  return (
    <SettingsGroup title={t('partSize')}>
      <Field label={t('partResize')} help={t('partResizeHelp')}>
        <Select
          className="w-72 max-w-full"
          label={t('partResize')}
          value={resize?.by ?? OFF}
          options={choices.map((value) => ({ value, label: t(`resize_${value}`) }))}
          onChange={(by) => {
            if (by === OFF) onChange({ resize: null });
            else onChange({ resize: { by, value: resize !== null && (resize.by === 'percent') === (by === 'percent') ? resize.value : usual(by) } });
          }}
        />
      </Field>
      {resize === null ? null : (
        <BoundedNumber
          label={t(resize.by === 'percent' ? 'partResizePercent' : 'partResizePixels')}
          bounds={resize.by === 'percent' ? BOUNDS.percent : BOUNDS.edge}
          value={resize.value}
          onChange={(value) => onChange({ resize: { ...resize, value } })}
        />
      )}
      <Switch label={t('partCrop')} help={t('partCropHelp')} checked={crop !== null} onChange={(on) => onChange({ crop: on ? NEW_CROP : null })} />
      {crop === null ? null : (
        <>
          <BoundedNumber label={t('partCropTolerance')} bounds={BOUNDS.cropTolerance} value={crop.tolerance} onChange={(tolerance) => onChange({ crop: { ...crop, tolerance } })} />
          <BoundedNumber label={t('partCropMargin')} bounds={BOUNDS.cropMargin} value={crop.margin} onChange={(margin) => onChange({ crop: { ...crop, margin } })} />
        </>
      )}
    </SettingsGroup>
  );
};
