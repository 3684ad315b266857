import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const appHandlers = (deps: HandlerDeps): SliceHandlers<'app' | 'notices' | 'clipboard'> => ({
  'app:info': async () => {
    const { vault } = await deps.services();
    return { ...deps.info(), vault: vault.state };
  },
  'app:open-data-folder': () => deps.openFolder(deps.info().dataFolder).then(() => undefined),
  'app:kept': () => {
    deps.windowKept();
    return Promise.resolve(undefined);
  },
  'notices:snapshot': async () => {
    const { notices } = await deps.services();
    return { rev: notices.rev(), notices: [...notices.list()] };
  },
  'notices:dismiss': async ({ id }) => {
    (await deps.services()).notices.dismiss(id);
    return undefined;
  },
  'clipboard:copy-text': async ({ text }) => {
    await deps.clipboard.writeText(text);
    return undefined;
  },
});
