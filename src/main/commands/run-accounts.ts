import type { Account, AccountTest } from '../../shared/model/account';
import type { SettingDeclaration, SettingValue } from '../../shared/model/provider';
import type { Localized } from '../../shared/model/localized';
import { THIS_COMPUTER } from '../../shared/model/account';
import { PicferryError } from '../../lib/picferry-error';
import type { ProviderDefinition } from '../providers/contract';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { testWord } from './offline-words';
import { accountNamed, printJson, printRow, type RunContext, sayTo, sentence, UsageError, wireError } from './run-context';

/** Saves a new account. Contacts nobody and leaves a default made by hand alone. */
export function addAccount(context: RunContext, command: CommandOf<'accounts-add'>): number {
  const { accounts, providers } = context.services;
  if (accounts.byName(command.name) !== undefined) throw new UsageError('nameInUse', { name: command.name });
  const definition = providers.definition(command.provider);
  const url = command.url ?? definition.defaultUrl;
  if (definition.byFolder === true && command.url !== null) throw new UsageError('noUrlButFolder', { provider: command.provider });
  const cut = providers.checkUrl(command.provider, url).url;
  const settings = { ...definition.prefill?.(cut), ...readSettings(definition.settings, command.settings) };
  checkSecretNames(definition.settings, command.secrets);
  checkNothingMissing(context, definition, { urlGiven: command.url !== null, settings, hasSecret: (key) => (command.secrets[key] ?? '') !== '' });
  return save(context, { name: command.name, provider: command.provider, url, settings, secrets: { ...command.secrets } }, command.json, 'accountAdded');
}

/** Changes what is named and leaves the rest. */
export function changeAccount(context: RunContext, command: CommandOf<'accounts-set'>): number {
  const account = ofPerson(accountNamed(context, command.name));
  if (command.provider !== null && command.provider !== account.provider) {
    throw new UsageError('providerFixed', { name: account.name, provider: account.provider });
  }
  const definition = context.services.providers.definition(account.provider);
  const { settings: declared } = definition;
  if (definition.byFolder === true && command.url !== null) throw new UsageError('noUrlButFolder', { provider: account.provider });
  checkSecretNames(declared, command.secrets);
  const settings = { ...account.settings, ...readSettings(declared, command.settings) };
  const hasSecret = (key: string): boolean => (command.secrets[key] ?? (account.secretsSet.includes(key) ? 'set' : '')) !== '';
  checkNothingMissing(context, definition, { urlGiven: true, settings, hasSecret });
  const { id, name, provider } = account;
  return save(context, { id, name, provider, url: command.url ?? account.url, settings, secrets: { ...command.secrets } }, command.json, 'accountChanged');
}

type Draft = Parameters<RunContext['services']['accounts']['save']>[0];

function save(context: RunContext, draft: Draft, json: boolean, said: 'accountAdded' | 'accountChanged'): number {
  const account = saved(context, draft);
  if (json) printJson(context, accountRecord(account));
  sayTo(context, context.text(said, { name: account.name, url: placeOf(account) }));
  sayNoticeOf(context, account);
  return EXIT.done;
}

/** Where its host is: an address, or the data folder of another Picferry. */
const placeOf = ({ url, settings }: Account): string => (url === '' ? String(settings['folder'] ?? '') : url);

/** What is to be known of a provider's public site, said to whoever points an account at it. */
function sayNoticeOf(context: RunContext, account: Account): void {
  const { providers } = context.services;
  const { notice, defaultUrl } = providers.definition(account.provider);
  if (notice !== null && account.url === providers.checkUrl(account.provider, defaultUrl).url) sayTo(context, localized(context, notice));
}

const localized = ({ translator }: Pick<RunContext, 'translator'>, text: Localized): string => text[translator.language === 'zh-CN' ? 'zh-CN' : 'en'];

/** A draft that the accounts refuse is a command that cannot be meant. */
function saved(context: RunContext, draft: Draft): Account {
  try {
    return context.services.accounts.save(draft);
  } catch (error) {
    if (error instanceof PicferryError && error.problem.kind === 'bad_request') {
      throw new UsageError('said', { sentence: sentence(context, error.problem) });
    }
    throw error;
  }
}

function ofPerson(account: Account): Account {
  if (account.id === THIS_COMPUTER) throw new UsageError('builtIn', { name: account.name });
  return account;
}

function readSettings(declared: readonly SettingDeclaration[], given: Readonly<Record<string, string>>): Record<string, SettingValue> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const declaration = declared.find((one) => one.key === key);
      if (declaration?.type === 'secret') throw new UsageError('isSecret', { key });
      if (declaration === undefined) throw new UsageError('unknownSetting', { key, known: keysOf(declared, false) });
      return [key, readValue(declaration, value)] as const;
    }),
  );
}

function checkSecretNames(declared: readonly SettingDeclaration[], given: Readonly<Record<string, string>>): void {
  for (const key of Object.keys(given)) {
    const declaration = declared.find((one) => one.key === key);
    const known = keysOf(declared, true);
    if (declaration?.type !== 'secret') throw known === '' ? new UsageError('unknownSecretNone', { key }) : new UsageError('unknownSecret', { key, known });
  }
}

type Given = {
  readonly urlGiven: boolean;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly hasSecret: (key: string) => boolean;
};

/** Names everything that is still needed at once, each as the option that gives it. */
function checkNothingMissing(context: RunContext, { settings: declared, defaultUrl, byFolder }: ProviderDefinition, given: Given): void {
  const required = declared.filter(({ required }) => required);
  const things = required.flatMap((declaration): string[] => {
    const { key, label } = declaration;
    const params = { key, label: localized(context, label) };
    if (declaration.type === 'secret') return given.hasSecret(key) ? [] : [context.text('needsSecret', params)];
    const value = given.settings[key] ?? declaration.default;
    return value === '' || value === null ? [context.text(byFolder === true && key === 'folder' ? 'needsFolder' : 'needsSetting', params)] : [];
  });
  const hasPlace = given.urlGiven || byFolder === true;
  const url = hasPlace ? [] : [defaultUrl === '' ? context.text('needsUrl') : context.text('mayNeedUrl', { url: defaultUrl })];
  if (things.length === 0 && (hasPlace || defaultUrl !== '')) return;
  throw new UsageError('needs', { things: [...things, ...url].map((line) => `\n  ${line}`).join('') });
}

const keysOf = (declared: readonly SettingDeclaration[], secrets: boolean): string =>
  declared
    .filter(({ type }) => (type === 'secret') === secrets)
    .map(({ key }) => key)
    .join(', ');

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

/** A typed value as the declaration wants it. Wrong ones are wrong usage. */
export function readValue(declaration: Exclude<SettingDeclaration, { type: 'secret' }>, value: string): SettingValue {
  const { key } = declaration;
  switch (declaration.type) {
    case 'text':
      return value;
    case 'switch': {
      const word = value.trim().toLowerCase();
      if (YES.includes(word)) return true;
      if (NO.includes(word)) return false;
      throw new UsageError('notASwitch', { key, value });
    }
    case 'number': {
      if (value.trim() === '') return null;
      const number = Number(value);
      if (!Number.isInteger(number) || number < declaration.min || number > declaration.max) {
        throw new UsageError('notANumber', { key, value, min: declaration.min, max: declaration.max });
      }
      return number;
    }
    case 'choice': {
      const choices = declaration.choices.map((choice) => choice.value);
      if (choices.includes(value)) return value;
      throw new UsageError('notAChoice', { key, value, choices: choices.join(', ') });
    }
  }
}

/** An account as scripts see it: which secrets are set, never their values. */
const accountRecord = (account: Account) => ({
  name: account.name,
  id: account.id,
  provider: account.provider,
  url: account.url,
  default: account.isDefault,
  onlyThisComputer: account.onlyThisComputer,
  settings: account.settings,
  secretsSet: account.secretsSet,
});

export function listAccounts(context: RunContext, { json }: CommandOf<'accounts-list'>): number {
  const all = context.services.accounts.list();
  if (json) printJson(context, all.map(accountRecord));
  else for (const account of all) printRow(context, [account.isDefault ? '*' : '', account.name, account.provider, placeOf(account)]);
  return EXIT.done;
}

export function setDefaultAccount(context: RunContext, { name, json }: CommandOf<'accounts-default'>): number {
  const { accounts } = context.services;
  accounts.setDefault(accountNamed(context, name).id, true);
  const account = accounts.default();
  if (json) printJson(context, accountRecord(account));
  sayTo(context, context.text('accountDefault', { name: account.name }));
  return EXIT.done;
}

export async function removeAccount(context: RunContext, { name, json }: CommandOf<'accounts-remove'>): Promise<number> {
  const account = ofPerson(accountNamed(context, name));
  context.services.accounts.remove(account.id);
  const documents = await context.services.sync.leave(account.id);
  if (json) printJson(context, { name: account.name, removed: true, documents });
  sayTo(context, context.text('accountRemoved', { name: account.name }));
  if (documents > 0) sayTo(context, context.text('accountRemovedSync', { count: documents }));
  return EXIT.done;
}

/** Prints what works and what does not; 1 when uploading cannot work. */
export async function testAccount(context: RunContext, { name, json }: CommandOf<'accounts-test'>): Promise<number> {
  const account = accountNamed(context, name);
  if (account.id === THIS_COMPUTER) await context.services.thisComputer.start();
  const test = await context.services.accounts.test({ id: account.id }, context.signal);
  if (json) printJson(context, testRecord(context, test));
  else {
    for (const { what, result, problem } of test.steps) {
      printRow(context, [context.text(`test_${what}`), context.text(`test_${result}`), problem === null ? '' : sentence(context, problem)]);
    }
  }
  sayTo(context, context.text(testWord(test), { name: account.name }));
  return test.canUpload ? EXIT.done : EXIT.failed;
}

const testRecord = (context: RunContext, { canUpload, steps }: AccountTest) => ({
  canUpload,
  steps: steps.map(({ what, result, problem }) => ({ what, result, error: problem === null ? null : wireError(context, problem) })),
});
