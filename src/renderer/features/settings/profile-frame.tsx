import type { Frame } from '../../../shared/model/preparation';
import { BOUNDS } from '../../../shared/model/preparation-choices';
import { NEW_FRAME } from '../../../shared/model/preparation-profiles';
import { useText } from '../../stores/text';
import { Switch } from '../../ui/field';
import { BoundedNumber } from './bounded-number';
import { ColourInput } from './colour-input';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

const NEW_BORDER = { width: 1, colour: '#c0c0c0' } as const;
const NEW_SHADOW = { size: 24, opacity: 35 } as const;

const Parts = ({ frame, set }: { readonly frame: Frame; readonly set: (part: Partial<Frame>) => void }) => {
  const { t } = useText();
  const { radius, border, shadow } = frame;
  return (
    <>
      <BoundedNumber label={t('partFrameRadius')} bounds={BOUNDS.radius} value={radius} onChange={(next) => set({ radius: next })} />
      <Switch label={t('partBorder')} checked={border !== null} onChange={(on) => set({ border: on ? NEW_BORDER : null })} />
      {border === null ? null : (
        <>
          <BoundedNumber label={t('partBorderWidth')} bounds={BOUNDS.borderWidth} value={border.width} onChange={(width) => set({ border: { ...border, width } })} />
          <ColourInput label={t('partBorderColour')} value={border.colour} onChange={(colour) => set({ border: { ...border, colour } })} />
        </>
      )}
      <Switch label={t('partShadow')} checked={shadow !== null} onChange={(on) => set({ shadow: on ? NEW_SHADOW : null })} />
      {shadow === null ? null : (
        <>
          <BoundedNumber label={t('partShadowSize')} bounds={BOUNDS.shadowSize} value={shadow.size} onChange={(size) => set({ shadow: { ...shadow, size } })} />
          <BoundedNumber label={t('partShadowOpacity')} bounds={BOUNDS.opacity} value={shadow.opacity} onChange={(opacity) => set({ shadow: { ...shadow, opacity } })} />
        </>
      )}
    </>
  );
};

export const ProfileFrame = ({ profile: { frame }, onChange }: PartProps) => {
  const { t } = useText();
  return (
    <SettingsGroup title={t('partFrame')}>
      <Switch label={t('partFrameOn')} help={t('partFrameHelp')} checked={frame !== null} onChange={(on) => onChange({ frame: on ? NEW_FRAME : null })} />
      {frame === null ? null : <Parts frame={frame} set={(part) => onChange({ frame: { ...frame, ...part } })} />}
    </SettingsGroup>
  );
};
