import { useEffect } from 'react';
import { useActions } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { isAsking, typesText } from '../../ui/window-state';

type KeyMap = Readonly<Record<string, () => void>>;

/** The keys that work anywhere, and Ctrl/Cmd+V as the browser's own paste event. */
export const useWindowKeys = (): void => {
  const { ui } = useApp();
  const actions = useActions();
  useEffect(() => {
    const withCommand: KeyMap = {
      k: () => ui.setState(({ overlay }) => ({ overlay: overlay === 'palette' ? 'none' : 'palette' })),
      o: () => void actions.chooseFiles(),
      '1': () => ui.setState({ route: 'upload', overlay: 'none' }),
      '2': () => ui.setState({ route: 'library', overlay: 'none' }),
      '3': () => ui.setState({ route: 'albums', overlay: 'none' }),
      '4': () => ui.setState({ route: 'sync', overlay: 'none' }),
      ',': () => ui.setState({ route: 'settings', overlay: 'none' }),
      'shift+c': () => void actions.copyNewest(),
      // The menu's key. Left alone it would act twice: the browser pastes on it, too.
      'shift+v': () => void actions.paste(),
    };
    const keydown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (ui.getState().overlay === 'none' && isAsking()) return;
      const command = (event.ctrlKey || event.metaKey) && !event.altKey;
      const key = `${command && event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
      if (command && withCommand[key] !== undefined) {
        event.preventDefault();
        withCommand[key]();
      } else if (!command && event.key === '?' && !typesText(event.target)) {
        event.preventDefault();
        ui.setState({ overlay: 'keys' });
      }
    };
    const paste = (event: ClipboardEvent): void => {
      if (event.clipboardData === null || typesText(event.target) || isAsking()) return;
      event.preventDefault();
      void actions.paste(event.clipboardData);
    };
    window.addEventListener('keydown', keydown);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('keydown', keydown);
      window.removeEventListener('paste', paste);
    };
  }, [ui, actions]);
};
