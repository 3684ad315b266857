import { join } from 'node:path';
import type { i18n } from 'i18next';
import { createChangeFeed, type FeedTimers } from '../../lib/change-feed';
import { PicferryError } from '../../lib/picferry-error';
import { createTranslator, languageOf } from '../../shared/i18n/translator';
import type { ApiRequest, ApiState } from '../../shared/model/local-api';
import type { Problem } from '../../shared/model/problem';
import type { Settings } from '../../shared/model/settings';
import type { SettingsService } from '../settings';
import type { ApiDeps } from './api-env';
import type { ApiLease, ApiOpening, LocalApi, ReadClipboard } from '../local-api';
import { apiLimits, type ApiLimits } from './limits';
import type { OpenPort } from './open-port';
import { createApiTokens } from './tokens';

export type LocalApiDeps = Pick<ApiDeps, 'queue' | 'library' | 'accounts' | 'intake' | 'thisComputer' | 'onFault'> & {
  /** Where the tokens' file lies. */
  readonly folder: string;
  readonly settings: Pick<SettingsService, 'current' | 'onChange'>;
  readonly timers: FeedTimers;
  readonly newId: () => string;
  readonly limits?: ApiLimits;
};

/** Requests that the log holds. */
const LOGGED = 100;

type Port = { readonly holders: Set<ApiOpening>; readonly opened: Promise<OpenPort> };
type Wanted = { readonly port: number; readonly lease: Promise<ApiLease> };

/** The local API over services that are there already. Nothing listens, and its server is not even loaded, before it is opened. */
export function createLocalApi(deps: LocalApiDeps): LocalApi {
  const { settings, timers } = deps;
  const tokens = createApiTokens({ path: join(deps.folder, 'api-tokens.json'), now: timers.now, newId: deps.newId });
  const ports = new Map<number, Port>();
  const [changeListeners, requestListeners] = [new Set<() => void>(), new Set<(request: ApiRequest) => void>()];
  const feed = createChangeFeed(timers, () => changeListeners.forEach((listener) => listener()));
  tokens.onChange(feed.changed);
  const texts = createTexts(() => settings.current().language);

  let clipboard: ReadClipboard | null = null;
  let requests: readonly ApiRequest[] = [];
  let logged = 0;
  let followed: Wanted | null = null;
  let [state, problem, url]: [ApiState['state'], Problem | null, string | null] = ['off', null, null];
  let [closed, unfollow]: [boolean, () => void] = [false, () => undefined];

  const apiDeps: ApiDeps = {
    ...deps,
    tokens,
    settings: () => settings.current().localApi,
    clipboard: () => clipboard,
    texts,
    limits: deps.limits ?? apiLimits,
    onRequest: (line) => {
      const request = { id: (logged += 1), ...line };
      requests = [request, ...requests].slice(0, LOGGED);
      feed.changed();
      requestListeners.forEach((listener) => listener(request));
    },
    now: timers.now,
  };
  const withoutTokenFor = (holders: ReadonlySet<ApiOpening>): readonly string[] | null => {
    const { on, folders } = settings.current().localApi.withoutToken;
    const all = [...(on ? folders : []), ...[...holders].flatMap((holder) => holder.withoutTokenFor)];
    return all.length === 0 ? null : all;
  };
  const begin = (port: number): Port => {
    const holders = new Set<ApiOpening>();
    const opened = import('./open-port').then(({ openPort }) => openPort(apiDeps, port, () => withoutTokenFor(holders)));
    return { holders, opened };
  };
  const open = async (opening: ApiOpening): Promise<ApiLease> => {
    const entry = ports.get(opening.port) ?? begin(opening.port);
    // A copy, so that two alike are two.
    const holder = { ...opening };
    ports.set(opening.port, entry);
    entry.holders.add(holder);
    const leave = (): boolean => {
      entry.holders.delete(holder);
      if (entry.holders.size > 0 || ports.get(opening.port) !== entry) return false;
      return ports.delete(opening.port);
    };
    try {
      const opened = await entry.opened;
      return {
        url: `http://127.0.0.1:${opened.port}`,
        release: async () => {
          if (leave()) await opened.close();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  };

  const tell = (next: ApiState['state'], why: Problem | null = null, at: string | null = null): void => {
    [state, problem, url] = [next, why, at];
    feed.changed();
  };
  const give = async (before: Wanted | null): Promise<void> => {
    if (before === null) return;
    const lease = await before.lease.catch(() => null);
    await lease?.release();
  };
  const begun = async (wanted: Wanted): Promise<void> => {
    try {
      const lease = await wanted.lease;
      if (followed === wanted) tell('on', null, lease.url);
    } catch (error) {
      if (followed !== wanted) return;
      if (error instanceof PicferryError) return tell('failed', error.problem);
      tell('off');
      throw error;
    }
  };
  /** Opens and closes as the settings want; the former port first. */
  const follow = (again: boolean): void => {
    if (closed) return;
    const { on, port } = settings.current().localApi;
    if (!again && followed?.port === (on ? port : undefined)) return;
    const before = followed;
    const freed = give(before);
    if (!on) {
      followed = null;
      tell('off');
      freed.catch(deps.onFault);
      return;
    }
    const wanted: Wanted = { port, lease: freed.then(() => open({ port, withoutTokenFor: [] })) };
    followed = wanted;
    tell('starting');
    begun(wanted).catch(deps.onFault);
  };

  return {
    open,
    followSettings: () => {
      unfollow();
      unfollow = settings.onChange(() => follow(false));
      follow(false);
    },
    retry: () => follow(true),
    useClipboard: (read) => {
      clipboard = read;
    },
    state: () => ({ state, url, problem, tokens: tokens.list(), requests }),
    rev: feed.rev,
    addToken: tokens.add,
    removeToken: tokens.remove,
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onRequest: (listener) => {
      requestListeners.add(listener);
      return () => requestListeners.delete(listener);
    },
    async close() {
      closed = true;
      unfollow();
      followed = null;
      feed.close();
      const open = [...ports.values()];
      ports.clear();
      await Promise.allSettled(open.map(async ({ opened }) => (await opened).close()));
    },
  };
}

/** The texts of the language in the settings; the system's where they leave it to that. */
function createTexts(language: () => Settings['language']): () => i18n {
  let made: { readonly language: Settings['language']; readonly texts: i18n } | null = null;
  return () => {
    const wanted = language();
    if (made?.language !== wanted) made = { language: wanted, texts: createTranslator(wanted === 'system' ? languageOf(Intl.DateTimeFormat().resolvedOptions().locale) : wanted) };
    return made.texts;
  };
}
