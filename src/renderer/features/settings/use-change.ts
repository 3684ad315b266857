import { useCallback } from 'react';
import type { SettingsPatch } from '../../../shared/model/settings';
import { CallFailure } from '../../bridge';
import { useText } from '../../stores/text';
import { useCall, useSay } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';

/** Changes settings at once and offers the way back; tells the person when they could not be kept. */
export const useChange = (): ((patch: SettingsPatch) => Promise<boolean>) => {
  const app = useApp();
  const call = useCall();
  const say = useSay();
  const { t, problem } = useText();
  return useCallback(
    async (patch) => {
      const before = app.settings.getState().state;
      // A proxy's password cannot be read back, so that change has no way back.
      const keys = Object.keys(patch).filter((key) => key !== 'proxy') as (keyof typeof before)[];
      const back = Object.fromEntries(keys.map((key) => [key, before[key]])) as SettingsPatch;
      try {
        await app.client.call('settings:set', patch);
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        say({ title: problem(failure.error.problem), type: 'problem' });
        return false;
      }
      if (keys.length > 0) say({ title: t('settingsChanged'), action: { label: t('settingsUndo'), onPress: () => void call('settings:set', back) } });
      return true;
    },
    [app, call, say, t, problem],
  );
};
