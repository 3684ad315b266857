import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ApiState } from '../../../shared/model/local-api';
import { useText, type Text } from '../../stores/text';
import { useApp, useSettings } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import { CodeBox } from './code-box';
import { programs, programSetup, type Program } from './program-setup';
import { SettingsGroup } from './settings-group';
import { TokenDialog, type TokenUse } from './token-dialog';

const PLACEHOLDER = 'TOKEN';

const usesOf = (program: Program, url: string, t: Text['t']): readonly TokenUse[] =>
  programSetup[program].uses.map(({ label, value }) => ({ label: t(label), value: (token) => value({ url, token }) }));

/** What to do in each program, ready to paste. */
export const ApiSetupGroup = ({ api }: { readonly api: ApiState }) => {
  const { t } = useText();
  const { info } = useApp();
  const settings = useSettings((all) => all.localApi);
  const [program, setProgram] = useState<Program>('Typora');
  const [making, setMaking] = useState(false);
  const { text, more, command } = programSetup[program];
  const url = `http://127.0.0.1:${settings.port}`;
  const uses = usesOf(program, url, t);
  return (
    <SettingsGroup title={t('apiSetup')} help={t('apiSetupHelp')}>
      <Select className="w-48" label={t('apiSetupProgram')} value={program} onChange={setProgram} options={programs.map((value) => ({ value, label: value }))} />
      <p className="said">{t(text)}</p>
      {command === undefined ? null : <CodeBox label={t('apiSetupTyporaCommand')} value={command(info.commandLine)} />}
      {more === undefined ? null : <p className="said text-text-2">{t(more)}</p>}
      {uses.length === 0 ? null : (
        <>
          {settings.on ? null : <p className="said text-warn">{t('apiSetupOff')}</p>}
          {uses.map(({ label, value }) => (
            <CodeBox key={label} label={label} value={value(PLACEHOLDER)} />
          ))}
          <p className="said text-small text-text-2">{t('apiSetupTokenNote')}</p>
          <div>
            <Button icon={<KeyRound size={16} aria-hidden />} onClick={() => setMaking(true)}>
              {t('apiSetupMake', { name: program })}
            </Button>
          </div>
        </>
      )}
      {making ? <TokenDialog name={program} uses={uses} taken={api.tokens.map(({ name }) => name)} onClose={() => setMaking(false)} /> : null}
    </SettingsGroup>
  );
};
