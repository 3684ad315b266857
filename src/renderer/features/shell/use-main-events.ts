import { useEffect } from 'react';
import { useSay } from '../../stores/said';
import { useActions, useSayCopied } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { isAsking } from '../../ui/window-state';

/** Does what the menu and main ask of the window, and says what was put on the clipboard. */
export const useMainEvents = (): void => {
  const { client, ui } = useApp();
  const { chooseFiles, paste } = useActions();
  const sayCopied = useSayCopied();
  const say = useSay();
  useEffect(
    () =>
      client.on('window:command', ({ command }) => {
        // The menu's keys come this way too, past an open form.
        if (ui.getState().overlay === 'none' && isAsking()) return;
        ui.setState({ overlay: 'none' });
        switch (command) {
          case 'choose-files':
            void chooseFiles();
            return;
          case 'paste':
            void paste();
            return;
          case 'show-settings':
            ui.setState({ route: 'settings' });
            return;
          case 'show-uploads':
            ui.setState({ route: 'upload' });
            return;
          case 'show-sync':
            // Choices that are not applied yet stay in sight.
            if (ui.getState().route !== 'resolver') ui.setState({ route: 'sync', syncPlace: { document: null } });
            return;
          case 'show-keys':
            ui.setState({ overlay: 'keys' });
        }
      }),
    [client, ui, chooseFiles, paste],
  );
  useEffect(() => client.on('desktop:failed', ({ problem }) => say({ title: { problem }, type: 'problem' })), [client, say]);
  useEffect(
    () =>
      client.on('output:copied', ({ links, failed, text }) => {
        sayCopied(links, text, failed);
      }),
    [client, sayCopied],
  );
};
