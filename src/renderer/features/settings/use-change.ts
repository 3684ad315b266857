import { useCallback } from 'react';
import type { SettingsPatch } from '../../../shared/model/settings';
import { CallFailure } from '../../bridge';
import { useSay, type Words } from '../../stores/said';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';

/**
 * Changes settings at once and offers the way back, under `said` if that says more; with null the caller has a way back of its own. Tells
 * the person when they could not be kept.
 */
export const useChange = (): ((patch: SettingsPatch, said?: Words | null) => Promise<boolean>) => {
  const app = useApp();
  const call = useCall();
  const say = useSay();
  return useCallback(
    async (patch, said = { key: 'settingsChanged' }) => {
      const before = app.settings.getState().state;
      // A proxy's password cannot be read back, so that change has no way back.
      const keys = Object.keys(patch).filter((key) => key !== 'proxy') as (keyof typeof before)[];
      const back = Object.fromEntries(keys.map((key) => [key, before[key]])) as SettingsPatch;
      try {
        await app.client.call('settings:set', patch);
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        say({ title: { problem: failure.error.problem }, type: 'problem' });
        return false;
      }
      if (keys.length > 0 && said !== null) say({ title: said, action: { label: { key: 'settingsUndo' }, onPress: () => void call('settings:set', back) } });
      return true;
    },
    [app, call, say],
  );
};
