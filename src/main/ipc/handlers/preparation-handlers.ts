import { exampleName } from '../../preparation';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** Files made ready to be looked at. */
export const preparationHandlers = (deps: HandlerDeps): SliceHandlers<'preparation'> => {
  const comparison = async () => (await deps.services()).comparison;
  return {
    'preparation:choose-example': async () => {
      const [path] = await deps.dialogs.chooseFiles();
      return { example: path === undefined ? null : await (await comparison()).example(path) };
    },
    'preparation:choose-mark': async () => ({ path: (await deps.dialogs.chooseFiles())[0] ?? null }),
    'preparation:compare': async ({ source, profile }) => (await comparison()).compare(source, profile, deps.lifetime),
    'preparation:example-name': async ({ profile, name }) => ({ name: await exampleName(profile, name, deps.now(), (await deps.services()).counters.next(profile.id)) }),
    'preparation:missing-letters': async ({ text }) => ({ missing: (await (await comparison()).missingLetters(text)) ?? '' }),
    'preparation:next-number': async ({ profile }) => ({ next: (await deps.services()).counters.next(profile) }),
    'preparation:set-next-number': async ({ profile, next }) => {
      (await deps.services()).counters.set(profile, next);
      return undefined;
    },
    'preparation:stop': async () => {
      (await comparison()).stop();
      return undefined;
    },
    'preparation:estimate': async ({ ids }) => (await comparison()).estimate(ids, deps.lifetime),
  };
};
