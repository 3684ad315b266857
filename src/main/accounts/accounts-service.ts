import { PicferryError, problemOf } from '../../lib/picferry-error';
import { OTHER_PICFERRY, THIS_COMPUTER, type Account, type AccountDraft, type StoredAccount } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import type { Settings } from '../../shared/model/settings';
import { createAccountClients } from './account-clients';
import { secretName, secretsOf, withSecrets } from './account-secrets';
import { checkDraft, lacksKeys, type CheckedDraft } from './check-draft';
import type { AccountsDeps } from './accounts-deps';
import type { AccountsService } from './contract';
import { showAccount } from './show-account';
import { thisComputerSettings } from './local-host-provider';

const BUILT_IN: StoredAccount = { id: THIS_COMPUTER, name: THIS_COMPUTER, provider: 'wizs', url: '', settings: thisComputerSettings, createdAt: 0 };

const FOLDER_PROBLEMS = { relative: 'neighbourRelative', own: 'neighbourOwn', 'no-data': 'neighbourNoData' } as const;

/** The accounts of a data folder: those in the settings file, and the embedded host's. */
export function createAccounts(deps: AccountsDeps): AccountsService {
  const { settings, vault, registry, now } = deps;
  const paused = new Map<string, Problem>();
  const listeners = new Set<() => void>();
  let rev = 0;

  const stored = (): readonly StoredAccount[] => settings.current().accounts;
  const find = (id: string): StoredAccount | undefined => (id === THIS_COMPUTER ? builtIn(settings.current()) : stored().find((account) => account.id === id));
  const known = (id: string): StoredAccount => find(id) ?? refuse('noAccount');
  const refuse = (message: string, params: Problem['params'] = {}): never => {
    throw new PicferryError(problemOf({ kind: 'bad_request', sub: message, message, params }, now()));
  };
  const changed = (): void => {
    rev += 1;
    for (const listener of [...listeners]) listener();
  };
  const clients = createAccountClients(deps, known);
  /** An account at a host that others can reach, too, and that can be used as it is. The first one is where uploads go. */
  const isReady = ({ id, provider }: StoredAccount): boolean =>
    provider !== OTHER_PICFERRY && !lacksKeys(registry.definition(provider), (key) => vault.names(secretName(id, key)).includes(secretName(id, key)));
  /** One that came without its keys, by sync or from a file, is never the default by itself. */
  const defaultIdOf = (current: Settings): string => {
    const chosen = current.defaultAccountId;
    if (chosen === THIS_COMPUTER || current.accounts.some((account) => account.id === chosen)) return chosen ?? THIS_COMPUTER;
    return current.accounts.find(isReady)?.id ?? THIS_COMPUTER;
  };
  /** The settings with this account in its place, or at the end. The first one with its keys becomes the default, unless one was chosen by hand. */
  const withAccount = (current: Settings, account: StoredAccount): Settings => {
    const there = current.accounts.some(({ id }) => id === account.id);
    const accounts = there ? current.accounts.map((old) => (old.id === account.id ? account : old)) : [...current.accounts, account];
    const first = isReady(account) && !current.defaultChosenByHand && !current.accounts.some((other) => other.id !== account.id && isReady(other));
    return { ...current, accounts, ...(first ? { defaultAccountId: account.id } : {}) };
  };
  const shown = (account: StoredAccount, defaultId: string): Account =>
    showAccount(account, deps, { isDefault: account.id === defaultId, paused: paused.get(account.id) ?? null });
  const all = (): readonly StoredAccount[] => [...stored(), builtIn(settings.current())];
  const show = (account: StoredAccount | undefined): Account | undefined => account && shown(account, defaultIdOf(settings.current()));
  const check = (draft: AccountDraft): CheckedDraft => {
    if (draft.id === THIS_COMPUTER) return refuse('accountBuiltIn');
    if (draft.id !== undefined && known(draft.id).provider !== draft.provider) return refuse('accountProviderFixed');
    const taken = all().some((account) => account.id !== draft.id && sameName(account.name, draft.name));
    if (taken) return refuse('nameTaken', { name: draft.name });
    const checked = checkDraft(draft, registry, (key) => draft.id !== undefined && vault.names(secretName(draft.id, key)).includes(secretName(draft.id, key)), now);
    return draft.provider === OTHER_PICFERRY ? { ...checked, settings: { ...checked.settings, folder: folderOf(draft, checked) } } : checked;
  };
  /** Its folder as it is kept. One that was taken before may be away for now. */
  const folderOf = ({ id }: AccountDraft, { settings: given }: CheckedDraft): string => {
    const before = id === undefined ? undefined : known(id).settings['folder'];
    const typed = String(given['folder'] ?? before ?? '');
    if (typed === before) return typed;
    const { folder, problem } = deps.neighbours.judge(typed);
    if (problem !== 'none') return refuse(FOLDER_PROBLEMS[problem], { folder });
    return free(folder, id);
  };
  /** A folder that no other account has. */
  const free = (folder: string, id?: string): string => {
    const has = stored().find((account) => account.id !== id && account.provider === OTHER_PICFERRY && deps.neighbours.isSame(String(account.settings['folder'] ?? ''), folder));
    return has === undefined ? folder : refuse('neighbourTaken', { name: has.name });
  };
  const clear = (id: string): void => {
    if (paused.delete(id)) changed();
  };

  return {
    list: () => all().map((account) => shown(account, defaultIdOf(settings.current()))),
    rev: () => rev,
    byId: (id) => show(find(id)),
    byName: (name) => show(all().find((account) => account.name === name) ?? all().find((account) => sameName(account.name, name))),
    default: () => shown(known(defaultIdOf(settings.current())), defaultIdOf(settings.current())),
    save(draft) {
      const checked = check(draft);
      const before = draft.id === undefined ? undefined : known(draft.id);
      const account: StoredAccount = {
        id: before?.id ?? deps.newId(),
        name: draft.name,
        provider: draft.provider,
        url: checked.url,
        settings: { ...before?.settings, ...checked.settings },
        createdAt: before?.createdAt ?? now(),
      };
      withSecrets(vault, account.id, checked.secrets, () => settings.update((current) => withAccount(current, account)));
      clients.forget(account.id);
      paused.delete(account.id);
      changed();
      return shown(account, defaultIdOf(settings.current()));
    },
    adopt(given, secrets) {
      if (find(given.id) !== undefined) return refuse('nameTaken', { name: given.name });
      const names = all().map(({ name }) => name);
      const name = freeName(given.name, names);
      // Keys may be missing, so only what is there is held against the provider.
      const checked = checkDraft({ name, provider: given.provider, url: given.url, settings: given.settings, secrets }, registry, () => true, now);
      if (given.provider === OTHER_PICFERRY) {
        const folder = String(checked.settings['folder'] ?? '');
        if (deps.neighbours.judge(folder).problem === 'own') return refuse('neighbourOwn');
        free(folder);
      }
      const account: StoredAccount = { ...given, name, url: checked.url, settings: checked.settings };
      withSecrets(vault, account.id, checked.secrets, () => settings.update((current) => withAccount(current, account)));
      changed();
      return shown(account, defaultIdOf(settings.current()));
    },
    remove(id) {
      if (id === THIS_COMPUTER) refuse('accountBuiltIn');
      known(id);
      settings.update((current) => ({
        ...current,
        accounts: current.accounts.filter((account) => account.id !== id),
        accountLinks: Object.fromEntries(Object.entries(current.accountLinks).filter(([accountId]) => accountId !== id)),
        ...(current.defaultAccountId === id ? { defaultAccountId: null, defaultChosenByHand: false } : {}),
      }));
      clients.forget(id);
      paused.delete(id);
      for (const name of vault.names(secretName(id, ''))) vault.remove(name);
      changed();
    },
    setDefault(id, byHand) {
      known(id);
      settings.update((current) => ({ ...current, defaultAccountId: id, defaultChosenByHand: current.defaultChosenByHand || byHand }));
      changed();
    },
    async test(subject, signal) {
      if ('draft' in subject) return clients.ofDraft(subject.draft, check(subject.draft)).test({ signal });
      const result = await clients.provider(subject.id).test({ signal });
      if (result.canUpload) clear(subject.id);
      return result;
    },
    async albums(id, signal) {
      const client = clients.provider(id);
      return client.albums === undefined ? [] : deps.retry((inner) => client.albums?.({ signal: inner }) ?? Promise.resolve([]), signal);
    },
    provider: clients.provider,
    config: clients.config,
    isSameHost(id, otherId) {
      const [one, other] = [find(id), find(otherId)];
      if (one === undefined || other === undefined || id === otherId) return id === otherId;
      if (one.provider !== other.provider || id === THIS_COMPUTER || otherId === THIS_COMPUTER) return false;
      if (one.provider === OTHER_PICFERRY) return deps.neighbours.isSame(String(one.settings['folder'] ?? ''), String(other.settings['folder'] ?? ''));
      const [key, otherKey] = [secretsOf(vault, id), secretsOf(vault, otherId)];
      return one.url === other.url && Object.keys({ ...key, ...otherKey }).every((name) => key[name] === otherKey[name]);
    },
    localHost(id) {
      const account = find(id);
      return account === undefined ? null : clients.localHost(account);
    },
    pause(id, problem) {
      paused.set(id, problem);
      changed();
    },
    resume: clear,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The name itself, or with the first number behind it that makes it free. */
function freeName(name: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name.slice(0, 74)} ${n}`;
    if (!taken.some((each) => sameName(each, candidate))) return candidate;
  }
}

const sameName = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

const builtIn = (settings: Settings): StoredAccount => ({ ...BUILT_IN, url: settings.hostPort === null ? '' : `http://127.0.0.1:${settings.hostPort}` });
