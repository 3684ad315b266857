import type { ApiState } from '../../../shared/model/local-api';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { useApi } from '../../stores/use-api';
import { Dot } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/field';
import { ApiLogGroup } from './api-log-group';
import { ApiOpenGroup } from './api-open-group';
import { ApiSetupGroup } from './api-setup-group';
import { ApiTokensGroup } from './api-tokens-group';
import { NumberInput } from './number-input';
import { ProblemBar } from './problem-bar';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

/** Whether it runs, where, and if not, why. */
const PortState = ({ api }: { readonly api: ApiState }) => {
  const { t } = useText();
  const call = useCall();
  if (api.problem !== null) {
    return (
      <ProblemBar
        problem={api.problem}
        actions={
          <Button size="s" onClick={() => void call('api:retry', undefined)}>
            {t('apiTryAgain')}
          </Button>
        }
      />
    );
  }
  const words = api.state === 'on' && api.url !== null ? t('apiOn', { url: api.url }) : t(api.state === 'starting' ? 'apiStarting' : 'apiOff');
  return (
    <p role="status" className="flex items-center gap-2 select-text">
      <Dot tone={api.state === 'on' ? 'ok' : 'neutral'} />
      {words}
    </p>
  );
};

const SwitchGroup = ({ api }: { readonly api: ApiState }) => {
  const { t } = useText();
  const change = useChange();
  const settings = useSettings((all) => all.localApi);
  return (
    <SettingsGroup title={t('sectionApi')}>
      <Switch label={t('apiSwitch')} help={t('apiSwitchHelp')} checked={settings.on} onChange={(on) => void change({ localApi: { ...settings, on } })} />
      <PortState api={api} />
      <NumberInput label={t('apiPort')} help={t('apiPortHelp')} value={settings.port} min={1} max={65_535} onChange={(port) => void change({ localApi: { ...settings, port } })} />
      <Switch
        label={t('apiStrict')}
        help={t('apiStrictHelp')}
        checked={settings.strictStatus}
        onChange={(strictStatus) => void change({ localApi: { ...settings, strictStatus } })}
      />
    </SettingsGroup>
  );
};

/** Other programs that upload through Picferry: whether they may, which, and what they asked. */
export const LocalApiSection = () => {
  const api = useApi();
  if (api === null) return null;
  return (
    <>
      <SwitchGroup api={api} />
      <ApiTokensGroup tokens={api.tokens} />
      <ApiOpenGroup />
      <ApiSetupGroup api={api} />
      <ApiLogGroup requests={api.requests} />
    </>
  );
};
