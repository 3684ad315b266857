import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const watchersHandlers = ({ desktop, dialogs }: HandlerDeps): SliceHandlers<'watchers'> => ({
  'watchers:snapshot': async () => {
    const { watchers } = await desktop();
    await watchers.look();
    return { rev: watchers.rev(), watchers: watchers.view() };
  },
  'watchers:pause': async ({ span }) => {
    (await desktop()).watchers.pause(span);
    return undefined;
  },
  'watchers:choose-folder': async () => ({ path: await dialogs.chooseFolder() }),
});
