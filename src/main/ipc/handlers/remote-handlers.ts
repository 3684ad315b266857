import { PicferryError, problemOf } from '../../../lib/picferry-error';
import { webAddress } from '../../remote';
import type { SliceHandlers } from '../register';
import type { HandlerDeps } from './handler-deps';

export const remoteHandlers = (deps: HandlerDeps): SliceHandlers<'remote'> => ({
  'remote:page': async ({ accountId, ...query }) => {
    const { items, ...rest } = await (await deps.services()).remote.page(accountId, query, deps.lifetime);
    return { items: [...items], ...rest };
  },
  'remote:clear': async ({ accountId }) => {
    await (await deps.services()).remote.clear(accountId, deps.lifetime);
    return undefined;
  },
  'remote:add': async ({ accountId, items }) => (await deps.services()).remote.add(accountId, items),
  'remote:open': async ({ accountId, url }) => {
    const address = webAddress(url);
    if (address === null) throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'urlMalformed', message: 'urlMalformed' }, deps.now()));
    const account = (await deps.services()).accounts.byId(accountId);
    // An address over http is opened only where the person allowed http for the account, or on this computer.
    await deps.openLink(address, { httpAllowed: account?.onlyThisComputer === true || account?.settings['allowHttp'] === true });
    return undefined;
  },
  'remote:thumbs': async ({ accountId, urls }) => ({ addresses: [...(await (await deps.services()).previews.remoteThumbs(accountId, urls, deps.lifetime))] }),
});
