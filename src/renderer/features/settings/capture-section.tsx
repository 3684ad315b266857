import { AppWindow, Crop, Monitor } from 'lucide-react';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/field';
import { NumberInput } from './number-input';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

export const CaptureSection = () => {
  const { t } = useText();
  const change = useChange();
  const { capture: start } = useActions();
  const capture = useSettings((all) => all.capture);
  return (
    <SettingsGroup title={t('sectionCapture')}>
      <Switch label={t('captureEdit')} help={t('captureEditHelp')} checked={capture.edit} onChange={(edit) => void change({ capture: { ...capture, edit } })} />
      <NumberInput
        label={t('captureDelay')}
        help={t('captureDelayHelp')}
        value={capture.delaySeconds}
        min={0}
        max={60}
        onChange={(delaySeconds) => void change({ capture: { ...capture, delaySeconds } })}
      />
      <div className="flex flex-wrap gap-2">
        <Button icon={<Crop {...icon} />} onClick={() => void start('region')}>
          {t('captureRegion')}
        </Button>
        <Button icon={<AppWindow {...icon} />} onClick={() => void start('window')}>
          {t('captureWindow')}
        </Button>
        <Button icon={<Monitor {...icon} />} onClick={() => void start('screen')}>
          {t('captureScreen')}
        </Button>
      </div>
    </SettingsGroup>
  );
};
