import type { Desktop } from '../../desktop';
import type { ActState } from '../../integration';
import type { SliceHandlers } from '../register';
import type { HandlerDeps, Output } from './handler-deps';

const shown = ({ state, places }: ActState): Output<'desktop:state'>['login'] => ({ state, places: [...places] });

const stateOf = async ({ integration, tray }: Desktop): Promise<Output<'desktop:state'>> => {
  const { login, links, sendTo } = await integration.state();
  return { tray: tray.exists(), login: shown(login), links: shown(links), sendTo: shown(sendTo) };
};

export const desktopHandlers = ({ desktop, services }: HandlerDeps): SliceHandlers<'desktop' | 'dropping'> => ({
  'desktop:state': async () => stateOf(await desktop()),
  'desktop:set': async ({ act, on }) => {
    const running = await desktop();
    await running.integration.set(act, on);
    return stateOf(running);
  },
  'dropping:hide': async () => {
    (await services()).settings.update((current) => ({ ...current, dropWindow: false }));
    return undefined;
  },
});
