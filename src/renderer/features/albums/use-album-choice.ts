import { useCallback } from 'react';
import type { Account } from '../../../shared/model/account';
import { withChosen } from '../../stores/album-lists';
import { useSay, type Words } from '../../stores/said';
import { useAttempt } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';

/** Sets the album that new uploads of an account go into, '' for none, says so and offers the way back. */
export const useAlbumChoice = (account: Account): ((albumId: string, said: Words) => Promise<void>) => {
  const { settings } = useApp();
  const attempt = useAttempt();
  const say = useSay();
  return useCallback(
    async (albumId, said) => {
      const before = settings.getState().state.chosenAlbums;
      if (!(await attempt('settings:set', { chosenAlbums: withChosen(before, account.id, albumId) }))) return;
      say({ title: said, action: { label: { key: 'albumsUndo' }, onPress: () => void attempt('settings:set', { chosenAlbums: before }) } });
    },
    [settings, attempt, say, account.id],
  );
};
