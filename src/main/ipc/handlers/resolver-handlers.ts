import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

/** The session in which a person decides what a merge could not. */
export const resolverHandlers = (deps: HandlerDeps): SliceHandlers<'resolver'> => {
  const resolver = async () => (await deps.services()).resolver;
  return {
    'resolver:open': async (document) => (await resolver()).open(document),
    'resolver:view': async ({ session }) => (await resolver()).view(session),
    'resolver:list': async (input) => (await resolver()).look('list', input),
    'resolver:next': async (input) => (await resolver()).look('next', input),
    'resolver:row': async (input) => (await resolver()).look('row', input),
    'resolver:item': async (input) => (await resolver()).look('item', input),
    'resolver:value': async (input) => (await resolver()).look('value', input),
    'resolver:edit-text': async (input) => (await resolver()).look('edit-text', input),
    'resolver:check': async (input) => (await resolver()).look('check', input),
    'resolver:choose': async (input) => (await resolver()).act('choose', input),
    'resolver:set-aside': async (input) => (await resolver()).act('set-aside', input),
    'resolver:take-all': async (input) => (await resolver()).act('take-all', input),
    'resolver:replace-counts': async (input) => (await resolver()).look('replace-counts', input),
    'resolver:replace': async (input) => (await resolver()).act('replace', input),
    'resolver:undo': async ({ session }) => (await resolver()).step('undo', session),
    'resolver:redo': async ({ session }) => (await resolver()).step('redo', session),
    'resolver:seen': async ({ session }) => (await resolver()).seen(session),
    'resolver:tree': async (input) => (await resolver()).look('tree', input),
    'resolver:expand': async (input) => (await resolver()).look('expand', input),
    'resolver:find': async (input) => (await resolver()).look('find', input),
    'resolver:reveal': async (input) => (await resolver()).look('reveal', input),
    'resolver:apply': async ({ session }) => (await resolver()).apply(session),
    'resolver:undo-apply': async (document) => (await resolver()).undoApply(document),
    'resolver:close': async ({ session }) => {
      await (await resolver()).close(session);
      return undefined;
    },
  };
};
