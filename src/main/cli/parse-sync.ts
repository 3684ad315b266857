import type { Command as Program } from 'commander';
import { type CliText, UsageError } from '../commands';
import { BuiltInKind, OthersRecords, type SyncBeginning } from '../../shared/model/sync';
import { placeFrom } from '../../shared/place-text';
import { KEEPS, type Draft, type Kept } from './draft';
import { gather, oneOf, stringOf, wholeNumber } from './words';

type Options = Readonly<Record<string, unknown>>;
type Text = (key: CliText) => string;

/** The verbs of `sync`. */
export function addSync(program: Program, text: Text, take: (draft: Draft) => void): void {
  const sync = program.command('sync').description(text('help_sync')).helpCommand(false);
  const verb = (words: string, about: CliText, account: CliText = 'help_syncAccount'): Program =>
    sync.command(words).description(text(about)).option('--account <NAME>', text(account)).option('--device-name <NAME>', text('help_deviceName')).option('--json', text('help_json'));
  const common = (o: Options) => ({ account: stringOf(o['account']), deviceName: deviceNameOf(o['deviceName']), json: o['json'] === true });

  verb('add <KEY> <FILE>', 'help_syncAdd', 'help_account')
    .option('--ask', text('help_syncAsk'))
    .action((key: string, path: string, o: Options) => take({ verb: 'sync-add', key: some(key), path: some(path), ask: o['ask'] === true, ...common(o) }));
  verb('begin <KEY>', 'help_syncBegin')
    .option('--with <SIDE>', text('help_syncWith'), oneOf(Object.keys(BEGINNINGS)))
    .action((key: string, o: Options) => take({ verb: 'sync-begin', key: some(key), how: BEGINNINGS[String(o['with'])] ?? null, ...common(o) }));
  verb('find', 'help_syncFind').action((o: Options) => take({ verb: 'sync-find', ...common(o) }));
  verb('own <PART> <SWITCH>', 'help_syncOwn', 'help_account')
    .option('--others <WHAT>', text('help_syncOthers'), oneOf(OthersRecords.options), 'keep')
    .action((part: string, word: string, o: Options) =>
      take({ verb: 'sync-own', kind: wordOf(BuiltInKind.options, part), on: wordOf(['on', 'off'], word) === 'on', others: o['others'] as OthersRecords, ...common(o) }),
    );
  verb('remove <KEY>', 'help_syncRemove').action((key: string, o: Options) => take({ verb: 'sync-remove', key: some(key), ...common(o) }));
  verb('run [KEY]', 'help_syncRun')
    .option('--message <TEXT>', text('help_syncMessage'))
    .action((key: string | undefined, o: Options) => take({ verb: 'sync-run', key: maybe(key), message: stringOf(o['message']), ...common(o) }));
  verb('status [KEY]', 'help_syncStatus').action((key: string | undefined, o: Options) => take({ verb: 'sync-status', key: maybe(key), ...common(o) }));
  verb('history <KEY>', 'help_syncHistory')
    .option('--page <N>', text('help_page'), wholeNumber(), 1)
    .action((key: string, o: Options) => take({ verb: 'sync-history', key: some(key), page: o['page'] as number, ...common(o) }));
  verb('show <KEY> <VERSION>', 'help_syncShow').action((key: string, word: string, o: Options) => take({ verb: 'sync-show', key: some(key), version: version(word), ...common(o) }));
  verb('diff <KEY> <VERSION> [VERSION]', 'help_syncDiff').action((key: string, before: string, after: string | undefined, o: Options) =>
    take({ verb: 'sync-diff', key: some(key), before: version(before), after: after === undefined ? null : version(after), ...common(o) }),
  );
  verb('restore <KEY> <VERSION>', 'help_syncRestore')
    .option('--path <PLACE>', text('help_syncPath'), gather, [])
    .action((key: string, word: string, o: Options) => take({ verb: 'sync-restore', key: some(key), version: version(word), paths: (o['path'] as readonly string[]).map(place), ...common(o) }));
  verb('copies <KEY>', 'help_syncCopies')
    .option('--show <ID>', text('help_syncCopyShow'))
    .option('--put-back <ID>', text('help_syncPutBack'))
    .action((key: string, o: Options) => {
      const [show, back] = [stringOf(o['show']), stringOf(o['putBack'])];
      if (show !== null && back !== null) throw new UsageError('syncOneCopyAct');
      const id = show ?? back;
      take({ verb: 'sync-copies', key: some(key), id: id === null ? null : some(id), act: show !== null ? 'show' : back !== null ? 'put-back' : 'list', ...common(o) });
    });
  verb('devices [KEY]', 'help_syncDevices').action((key: string | undefined, o: Options) => take({ verb: 'sync-devices', key: maybe(key), ...common(o) }));
  verb('conflicts [KEY]', 'help_syncConflicts')
    .option('--decided', text('help_syncDecided'))
    .option('--resolved', text('help_syncResolved'))
    .action((key: string | undefined, o: Options) => take({ verb: 'sync-conflicts', key: maybe(key), resolved: o['resolved'] === true, decided: o['decided'] === true, ...common(o) }));
  verb('resolve [ID...]', 'help_syncResolve')
    .option('--all <KEY>', text('help_syncAll'))
    .option('--keep <SIDE>', text('help_syncKeep'), oneOf(KEEPS))
    .option('--content <FILE>', text('help_syncContent'))
    .action((ids: readonly string[], o: Options) => {
      const [keep, content, all] = [stringOf(o['keep']), stringOf(o['content']), stringOf(o['all'])];
      if ((keep === null) === (content === null)) throw new UsageError('syncOneChoice');
      if ((ids.length === 0) === (all === null)) throw new UsageError('syncWhichPlaces');
      if (content !== null && ids.length !== 1) throw new UsageError('syncContentOne');
      take({ verb: 'sync-resolve', ids: ids.map(some), all: all === null ? null : some(all), keep: keep as Kept | null, contentFile: content, ...common(o) });
    });
}

const BEGINNINGS: Readonly<Record<string, SyncBeginning>> = { merge: 'merge', cloud: 'use-cloud', device: 'use-device' };

/** A place as it is printed: a JSON pointer such as `/a/b`, and `[2]`, `[2-4]`, `[before 1]` or `[id="a"]` in lists. */
const place = (word: string): string => {
  if (placeFrom(word) === null) throw new UsageError('syncBadPlace', { place: word });
  return word;
};

const wordOf = <W extends string>(words: readonly W[], word: string): W => {
  const found = words.find((one) => one === word);
  if (found === undefined) throw new UsageError('badValue', { what: word });
  return found;
};

const some = (word: string): string => {
  if (word.trim() === '') throw new UsageError('emptyName');
  return word;
};
const maybe = (word: string | undefined): string | null => (word === undefined ? null : some(word));

const deviceNameOf = (value: unknown): string | null => {
  const name = stringOf(value);
  if (name === null) return null;
  if (name.trim().length > 100) throw new UsageError('badValue', { what: '--device-name' });
  return some(name).trim();
};

const version = (word: string): number => {
  if (!/^[1-9]\d{0,9}$/.test(word)) throw new UsageError('badValue', { what: word });
  return Number(word);
};
