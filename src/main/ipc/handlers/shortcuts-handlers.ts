import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const shortcutsHandlers = ({ desktop }: HandlerDeps): SliceHandlers<'shortcuts'> => {
  const shortcuts = async () => (await desktop()).shortcuts;
  return {
    'shortcuts:snapshot': async () => {
      const service = await shortcuts();
      return { rev: service.rev(), shortcuts: [...service.list()] };
    },
    'shortcuts:record': async ({ on }) => {
      (await shortcuts()).record(on);
      return undefined;
    },
    'shortcuts:try-again': async () => {
      (await shortcuts()).tryAgain();
      return undefined;
    },
    'shortcuts:test': async ({ name }) => ({ result: await (await shortcuts()).test(name) }),
    'shortcuts:stop-test': async () => {
      (await shortcuts()).stopTest();
      return undefined;
    },
  };
};
