import { useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../bridge';
import { useText, type TextKey } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useSettings } from '../../stores/use-app';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

type State = CallOutput<'desktop:state'>;
type Act = CallInput<'desktop:set'>['act'];

const acts: readonly { readonly act: Act; readonly label: TextKey; readonly help: TextKey; readonly none: TextKey }[] = [
  { act: 'login', label: 'desktopLogin', help: 'desktopLoginHelp', none: 'desktopUnavailable' },
  { act: 'sendTo', label: 'desktopSendTo', help: 'desktopSendToHelp', none: 'desktopSendToNone' },
  { act: 'links', label: 'desktopLinks', help: 'desktopLinksHelp', none: 'desktopUnavailable' },
];

/** What Picferry is in the system, as the system says it; null until it has answered. */
const useDesktopState = (): { readonly state: State | null; readonly set: (act: Act, on: boolean) => Promise<void> } => {
  const call = useCall();
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    let shown = true;
    const read = async (): Promise<void> => {
      const now = await call('desktop:state', undefined);
      if (shown && now !== undefined) setState(now);
    };
    void read();
    return () => {
      shown = false;
    };
  }, [call]);
  const set = async (act: Act, on: boolean): Promise<void> => {
    const now = await call('desktop:set', { act, on });
    if (now !== undefined) setState(now);
  };
  return { state, set };
};

const InTheSystem = ({ state, set }: ReturnType<typeof useDesktopState>) => {
  const { t } = useText();
  if (state === null) return null;
  return acts.map(({ act, label, help, none }) => {
    const { state: now, places } = state[act];
    if (now === 'unavailable') {
      return (
        <div key={act}>
          <p className="font-medium">{t(label)}</p>
          <p className="said text-small text-text-2">{t(none)}</p>
        </div>
      );
    }
    return (
      <div key={act}>
        <Switch label={t(label)} help={t(help)} checked={now === 'on'} onChange={(on) => void set(act, on)} />
        {now === 'on' ? <p className="mt-1 text-small [overflow-wrap:anywhere] text-text-2 select-text">{t('desktopWritten', { places: places.join(' · ') })}</p> : null}
      </div>
    );
  });
};

/** Life beside the window: the tray, the drop window, notifications, and what Picferry is in the system. */
export const DesktopSection = () => {
  const { t } = useText();
  const change = useChange();
  const { stayInTray, dropWindow, notifications } = useSettings((all) => all);
  const desktop = useDesktopState();
  return (
    <>
      <SettingsGroup title={t('desktopWindow')}>
        {desktop.state?.tray === false ? <p className="said text-text-2">{t('desktopNoTray')}</p> : null}
        <Switch label={t('desktopStay')} help={t('desktopStayHelp')} checked={stayInTray} onChange={(on) => void change({ stayInTray: on })} />
        <Switch label={t('desktopDrop')} help={t('desktopDropHelp')} checked={dropWindow} onChange={(on) => void change({ dropWindow: on })} />
      </SettingsGroup>
      <SettingsGroup title={t('desktopNotes')}>
        <Field label={t('desktopNotesWhich')} help={t('desktopNotesHelp')}>
          <Select
            className="w-60 max-w-full"
            label={t('desktopNotesWhich')}
            value={notifications}
            options={[
              { value: 'all', label: t('desktopNotesAll') },
              { value: 'problems', label: t('desktopNotesProblems') },
              { value: 'none', label: t('desktopNotesNone') },
            ]}
            onChange={(next) => void change({ notifications: next })}
          />
        </Field>
      </SettingsGroup>
      <SettingsGroup title={t('desktopSystem')} help={t('desktopSystemHelp')}>
        <InTheSystem {...desktop} />
      </SettingsGroup>
    </>
  );
};
