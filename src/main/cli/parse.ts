import { Command as Program, CommanderError } from 'commander';
import type { i18n } from 'i18next';
import { ApiScope } from '../../shared/model/local-api';
import type { ProviderId } from '../../shared/model/provider';
import { isFormat, type CliText, UsageError } from '../commands';
import type { Draft, Parsed, SecretSource } from './draft';
import { addSync } from './parse-sync';
import { gather, numberOf, oneOf, stringOf, wholeNumber } from './words';

type Text = (key: CliText, params?: Readonly<Record<string, string | number>>) => string;

/** Commander's own words for what is wrong, as keys of ours. What it quotes is kept. */
const complaints: Readonly<Record<string, CliText>> = {
  'commander.unknownCommand': 'unknownVerb',
  'commander.unknownOption': 'unknownOption',
  'commander.optionMissingArgument': 'missingValue',
  'commander.missingArgument': 'missingArgument',
  'commander.missingMandatoryOptionValue': 'missingArgument',
  'commander.excessArguments': 'tooMany',
  'commander.invalidArgument': 'badValue',
};

/** Reads a command line without touching anything. Never throws for what a person can type. */
export function parse(args: readonly string[], translator: i18n, version: string): Parsed {
  const text: Text = (key, params = {}) => translator.t(`cli:${key}`, params);
  let out = '';
  let draft: Draft | null = null;
  const program = build(text, version, verbOf(args), (made) => {
    draft = made;
  });
  everyCommand(program, (one) => one.exitOverride().configureOutput({ writeOut: (words) => (out += words), writeErr: () => undefined }));
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof UsageError) return wrong(text, text(error.key, error.params), hintOf(args));
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { type: 'text', text: out };
    if (error.code === 'commander.help') return wrong(text, text('missingVerb'), hintOf(args));
    const what = quotedIn(error.message);
    return wrong(text, text(complaints[error.code] ?? 'badValue', { what }), hintOf(args));
  }
  if (draft === null) return wrong(text, text('missingVerb'), '');
  return { type: 'draft', draft };
}

/** What Commander complains of: the word it quotes, or a value with its option and what would do instead. */
function quotedIn(message: string): string {
  const value = /^error: option '(\S+)[^']*' argument '([^]*)' is invalid\. ([^]*)$/.exec(message);
  if (value !== null) return `${value[1] ?? ''} ${value[2] ?? ''} (${value[3] ?? ''})`;
  return /'([^]*)'/.exec(message)?.[1] ?? message;
}

const wrong = (text: Text, sentence: string, verb: string): Parsed => ({ type: 'wrong', sentence: `${sentence}\n${text('seeHelp', { verb })}` });

type Take = (draft: Draft) => void;
type Add = (program: Program, text: Text, take: Take) => void;

/** Every verb and group of verbs, in the order of the help. */
const verbs: Readonly<Record<string, Add>> = {
  accounts: addAccounts,
  upload: addUpload,
  prepare: addPrepare,
  library: addLibrary,
  delete: addDelete,
  albums: addAlbums,
  remote: addRemote,
  sync: addSync,
  export: addExport,
  import: addImport,
  host: addHost,
  serve: addServe,
  tokens: addTokens,
};

/** The verb that was typed, if it is one. */
const verbOf = ([verb = '']: readonly string[]): string | null => (Object.hasOwn(verbs, verb) ? verb : null);

/** What stands before `--help` in the hint at a verb's help. */
function hintOf(args: readonly string[]): string {
  const verb = verbOf(args);
  return verb === null ? '' : `${verb} `;
}

function everyCommand(program: Program, change: (one: Program) => void): void {
  change(program);
  for (const one of program.commands) everyCommand(one, change);
}

/** The program with the verb that was typed alone: the others' texts and options only matter to the help of all. */
function build(text: Text, version: string, typed: string | null, take: Take): Program {
  const program = new Program('picferry')
    .description(text('help_app'))
    .version(version, '-V, --version', text('help_version'))
    .helpOption('-h, --help', text('help_help'))
    .helpCommand(false)
    .configureHelp({ helpWidth: 100, styleTitle: (title) => titleOf(text, title) });
  for (const [verb, add] of Object.entries(verbs)) if (typed === null || typed === verb) add(program, text, take);
  everyCommand(program, (one) => one.helpOption('-h, --help', text('help_help')));
  return program;
}

/** Commander's headings in the person's language. */
function titleOf(text: Text, title: string): string {
  const keys: Readonly<Record<string, CliText>> = { 'Usage:': 'help_usage', 'Options:': 'help_options', 'Commands:': 'help_commands', 'Arguments:': 'help_arguments' };
  const key = keys[title];
  return key === undefined ? title : text(key);
}

type Options = Readonly<Record<string, unknown>>;

function addAccounts(program: Program, text: Text, take: Take): void {
  const accounts = program.command('accounts').description(text('help_accounts')).helpCommand(false);
  const draftOptions = (verb: string, about: CliText): Program =>
    accounts
      .command(`${verb} <NAME>`)
      .description(text(about))
      .option('--provider <ID>', text('help_provider'), oneOf(['imgurl', 'chevereto', 'smms', 'wizs', 'picferry']))
      .option('--url <BASE>', text('help_url'))
      .option('--folder <DIR>', text('help_folder'))
      .option('--set <key=value>', text('help_set'), gather, [])
      .option('--secret <key=value|key=@FILE|key=->', text('help_secret'), gather, [])
      .option('--json', text('help_json'));
  draftOptions('add', 'help_accountsAdd').action((name: string, o: Options) => {
    const provider = o['provider'] as ProviderId | undefined;
    if (provider === undefined) throw new UsageError('missingArgument', { what: '--provider' });
    take({ verb: 'accounts-add', provider, ...accountWords(name, o) });
  });
  draftOptions('set', 'help_accountsSet').action((name: string, o: Options) =>
    take({ verb: 'accounts-set', provider: (o['provider'] as ProviderId | undefined) ?? null, ...accountWords(name, o) }),
  );
  accounts
    .command('list')
    .description(text('help_accountsList'))
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'accounts-list', json: o['json'] === true }));
  const named = [
    ['test', 'help_accountsTest'],
    ['default', 'help_accountsDefault'],
    ['remove', 'help_accountsRemove'],
  ] as const;
  for (const [verb, about] of named) {
    accounts
      .command(`${verb} <NAME>`)
      .description(text(about))
      .option('--json', text('help_json'))
      .action((name: string, o: Options) => take({ verb: `accounts-${verb}`, name: nameOf(name), json: o['json'] === true }));
  }
}

function accountWords(name: string, o: Options) {
  const settings = pairsOf(o['set']).map(([key, value]) => [key, value] as const);
  const secrets = pairsOf(o['secret']).map(([key, value]): SecretSource => {
    if (value === '-') return { type: 'stdin', key };
    return value.startsWith('@') ? { type: 'file', key, path: value.slice(1) } : { type: 'value', key, value };
  });
  if (secrets.filter(({ type }) => type === 'stdin').length > 1) throw new UsageError('onceStdin');
  return { name: nameOf(name), url: stringOf(o['url']), folder: stringOf(o['folder']), settings: Object.fromEntries(settings), secrets, json: o['json'] === true };
}

/** No name would be the caller's own folder, which nobody meant. */
function outOf(value: unknown): string | null {
  const out = stringOf(value);
  if (out?.trim() === '') throw new UsageError('emptyOut');
  return out;
}

function nameOf(name: string): string {
  if (name.trim() === '') throw new UsageError('emptyName');
  return name;
}

function pairsOf(words: unknown): readonly (readonly [key: string, value: string])[] {
  return (words as readonly string[]).map((pair) => {
    const at = pair.indexOf('=');
    // Without a key it may be a secret that was typed alone: it is not repeated.
    if (at < 1) throw new UsageError('badPair', { pair: at < 0 ? '…' : '=…' });
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
}

function addUpload(program: Program, text: Text, take: Take): void {
  program
    .command('upload <FILE...>')
    .description(text('help_upload'))
    .option('--account <NAME>', text('help_account'))
    .option('--album <ID>', text('help_album'))
    .option('--format <FORMAT>', text('help_format'))
    .option('--profile <NAME>', text('help_profile'))
    .option('--force', text('help_force'))
    .option('--show-delete-links', text('help_showDeleteLinks'))
    .option('--json', text('help_json'))
    .action((files: readonly string[], o: Options) => {
      const format = stringOf(o['format']);
      if (format !== null && !isFormat(format)) throw new UsageError('unknownFormat', { format });
      if (files.filter((file) => file === '-').length > 1) throw new UsageError('onceStdin');
      take({
        verb: 'upload',
        files,
        account: stringOf(o['account']),
        album: stringOf(o['album']),
        format,
        profile: stringOf(o['profile']),
        force: o['force'] === true,
        showDeleteLinks: o['showDeleteLinks'] === true,
        json: o['json'] === true,
      });
    });
}

function addPrepare(program: Program, text: Text, take: Take): void {
  program
    .command('prepare <FILE...>')
    .description(text('help_prepare'))
    .option('--profile <NAME>', text('help_profile'))
    .option('--out <DIR>', text('help_out'))
    .option('--json', text('help_json'))
    .action((files: readonly string[], o: Options) =>
      take({ verb: 'prepare', files: files.map(nameOf), profile: stringOf(o['profile']), out: outOf(o['out']), json: o['json'] === true }),
    );
}

function addLibrary(program: Program, text: Text, take: Take): void {
  program
    .command('library')
    .description(text('help_library'))
    .option('--search <TEXT>', text('help_search'))
    .option('--account <NAME>', text('help_account'))
    .option('--limit <N>', text('help_limit'), wholeNumber())
    .option('--show-delete-links', text('help_showDeleteLinks'))
    .option('--json', text('help_json'))
    .action((o: Options) =>
      take({
        verb: 'library',
        search: stringOf(o['search']) ?? '',
        account: stringOf(o['account']),
        limit: numberOf(o['limit']),
        showDeleteLinks: o['showDeleteLinks'] === true,
        json: o['json'] === true,
      }),
    );
}

function addDelete(program: Program, text: Text, take: Take): void {
  program
    .command('delete <ID...>')
    .description(text('help_delete'))
    .option('--json', text('help_json'))
    .action((ids: readonly string[], o: Options) => take({ verb: 'delete', ids, json: o['json'] === true }));
}

function addAlbums(program: Program, text: Text, take: Take): void {
  program
    .command('albums')
    .description(text('help_albums'))
    .option('--account <NAME>', text('help_account'))
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'albums', account: stringOf(o['account']), json: o['json'] === true }));
}

function addRemote(program: Program, text: Text, take: Take): void {
  const remote = program.command('remote').description(text('help_remote')).helpCommand(false);
  remote
    .command('list')
    .description(text('help_remoteList'))
    .option('--account <NAME>', text('help_account'))
    .option('--page <N>', text('help_page'), wholeNumber(), 1)
    .option('--per-page <N>', text('help_perPage'), wholeNumber(), 20)
    .option('--order-by <F>', text('help_orderBy'), oneOf(['created_at', 'views', 'file_size']), 'created_at')
    .option('--order-dir <D>', text('help_orderDir'), (word: string) => oneOf(['ASC', 'DESC'])(word.toUpperCase()), 'DESC')
    .option('--json', text('help_json'))
    .action((o: Options) =>
      take({
        verb: 'remote-list',
        account: stringOf(o['account']),
        page: o['page'] as number,
        perPage: o['perPage'] as number,
        orderBy: o['orderBy'] as 'created_at',
        orderDir: o['orderDir'] as 'DESC',
        json: o['json'] === true,
      }),
    );
  remote
    .command('clear')
    .description(text('help_remoteClear'))
    .option('--account <NAME>', text('help_account'))
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'remote-clear', account: stringOf(o['account']), json: o['json'] === true }));
}

function addExport(program: Program, text: Text, take: Take): void {
  program
    .command('export <FILE>')
    .description(text('help_export'))
    .option('--passphrase-file <FILE>', text('help_passphraseExport'))
    .option('--json', text('help_json'))
    .action((path: string, o: Options) => take({ verb: 'export', path: nameOf(path), passphraseFile: stringOf(o['passphraseFile']), json: o['json'] === true }));
}

function addImport(program: Program, text: Text, take: Take): void {
  program
    .command('import <FILE>')
    .description(text('help_import'))
    .option('--passphrase-file <FILE>', text('help_passphraseImport'))
    .option('--settings', text('help_importSettings'))
    .option('--json', text('help_json'))
    .action((path: string, o: Options) =>
      take({ verb: 'import', path: nameOf(path), passphraseFile: stringOf(o['passphraseFile']), settings: o['settings'] === true, json: o['json'] === true }),
    );
}

function addHost(program: Program, text: Text, take: Take): void {
  program
    .command('host')
    .description(text('help_host'))
    .option('--port <N>', text('help_port'), wholeNumber(65_535))
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'host', port: numberOf(o['port']), announce: true, json: o['json'] === true }));
}

function addServe(program: Program, text: Text, take: Take): void {
  program
    .command('serve')
    .description(text('help_serve'))
    .option('--port <N>', text('help_servePort'), wholeNumber(65_535))
    .option('--no-token-for <DIR>', text('help_noTokenFor'), gather, [])
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'serve', port: numberOf(o['port']), noTokenFor: o['tokenFor'] as readonly string[], announce: true, json: o['json'] === true }));
}

function addTokens(program: Program, text: Text, take: Take): void {
  const tokens = program.command('tokens').description(text('help_tokens')).helpCommand(false);
  tokens
    .command('add <NAME>')
    .description(text('help_tokensAdd'))
    .option('--scope <SCOPE>', text('help_scope'), (word: string, before: readonly string[]) => gather(oneOf(ApiScope.options)(word), before), [])
    .option('--json', text('help_json'))
    .action((name: string, o: Options) => {
      const scopes = o['scope'] as readonly ApiScope[];
      take({ verb: 'tokens-add', name: nameOf(name).trim(), scopes: scopes.length === 0 ? ApiScope.options : scopes, json: o['json'] === true });
    });
  tokens
    .command('list')
    .description(text('help_tokensList'))
    .option('--json', text('help_json'))
    .action((o: Options) => take({ verb: 'tokens-list', json: o['json'] === true }));
  tokens
    .command('remove <NAME>')
    .description(text('help_tokensRemove'))
    .option('--json', text('help_json'))
    .action((name: string, o: Options) => take({ verb: 'tokens-remove', name: nameOf(name), json: o['json'] === true }));
}
