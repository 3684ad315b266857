import { z } from 'zod';
import { ApiScope } from '../../shared/model/local-api';
import { Language } from '../../shared/model/localized';
import { Problem } from '../../shared/model/problem';
import { ProviderId } from '../../shared/model/provider';
import { syncCommands } from './sync/sync-command';

const Name = z.string().min(1);
const json = z.boolean();
const Passphrase = z.string().min(1).max(1000);
const Pairs = z.record(z.string(), z.string()).readonly();

/** One input of `upload`. `shown` is what the person typed. */
export const UploadInput = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('path'), shown: z.string(), path: z.string() }),
  /** A picture on the web. */
  z.strictObject({ type: z.literal('address'), shown: z.string(), url: z.string() }),
  /** Bytes from standard input, already on disk in the data folder's intake. */
  z.strictObject({ type: z.literal('kept'), shown: z.string(), path: z.string(), name: z.string() }),
  z.strictObject({ type: z.literal('bad'), shown: z.string(), problem: Problem }),
]);
export type UploadInput = z.infer<typeof UploadInput>;

/** A verb with everything resolved: paths absolute, secrets read, standard input on disk. */
export const Command = z.discriminatedUnion('verb', [
  z.strictObject({
    verb: z.literal('accounts-add'),
    name: Name,
    provider: ProviderId,
    /** Null: the provider's own public site. */
    url: z.string().nullable(),
    settings: Pairs,
    secrets: Pairs,
    json,
  }),
  z.strictObject({
    verb: z.literal('accounts-set'),
    name: Name,
    provider: ProviderId.nullable(),
    url: z.string().nullable(),
    settings: Pairs,
    secrets: Pairs,
    json,
  }),
  z.strictObject({ verb: z.literal('accounts-list'), json }),
  z.strictObject({ verb: z.literal('accounts-test'), name: Name, json }),
  z.strictObject({ verb: z.literal('accounts-default'), name: Name, json }),
  z.strictObject({ verb: z.literal('accounts-remove'), name: Name, json }),
  z.strictObject({
    verb: z.literal('upload'),
    inputs: z.array(UploadInput).min(1).readonly(),
    /** Null: the default account. */
    account: z.string().nullable(),
    album: z.string().nullable(),
    /** A format's name or a template; null: as in the settings. */
    format: z.string().nullable(),
    /** A preparation profile's name or id; null: the account's. */
    profile: z.string().nullable(),
    force: z.boolean(),
    showDeleteLinks: z.boolean(),
    json,
  }),
  z.strictObject({
    verb: z.literal('prepare'),
    /** `shown` is what the person typed. */
    inputs: z.array(z.strictObject({ shown: z.string(), path: z.string() })).min(1).readonly(),
    /** A profile's name or id; null: the one for accounts without their own. */
    profile: z.string().nullable(),
    /** Null: beside each file. */
    out: z.string().nullable(),
    json,
  }),
  z.strictObject({
    verb: z.literal('library'),
    search: z.string(),
    account: z.string().nullable(),
    /** Null: all. */
    limit: z.number().int().positive().nullable(),
    showDeleteLinks: z.boolean(),
    json,
  }),
  z.strictObject({ verb: z.literal('delete'), ids: z.array(z.string()).min(1).readonly(), json }),
  z.strictObject({ verb: z.literal('albums'), account: z.string().nullable(), json }),
  z.strictObject({
    verb: z.literal('remote-list'),
    account: z.string().nullable(),
    page: z.number().int().positive(),
    perPage: z.number().int().positive(),
    orderBy: z.enum(['created_at', 'views', 'file_size']),
    orderDir: z.enum(['ASC', 'DESC']),
    json,
  }),
  z.strictObject({ verb: z.literal('remote-clear'), account: z.string().nullable(), json }),
  z.strictObject({ verb: z.literal('export'), path: z.string().min(1), passphrase: Passphrase.nullable(), json }),
  z.strictObject({ verb: z.literal('import'), path: z.string().min(1), passphrase: Passphrase.nullable(), settings: z.boolean(), json }),
  /** `announce` is false when the host goes on in another process and its address was printed before. */
  z.strictObject({ verb: z.literal('host'), port: z.number().int().min(1).max(65_535).nullable(), announce: z.boolean(), json }),
  z.strictObject({
    verb: z.literal('serve'),
    /** Null: as in the settings. */
    port: z.number().int().min(1).max(65_535).nullable(),
    /** Folders whose files programs without a token may upload. */
    noTokenFor: z.array(z.string().min(1)).readonly(),
    /** As for `host`. */
    announce: z.boolean(),
    json,
  }),
  z.strictObject({ verb: z.literal('tokens-add'), name: z.string().trim().min(1).max(80), scopes: z.array(ApiScope).min(1).readonly(), json }),
  z.strictObject({ verb: z.literal('tokens-list'), json }),
  z.strictObject({ verb: z.literal('tokens-remove'), name: Name, json }),
  ...syncCommands,
]);
export type Command = z.infer<typeof Command>;
export type CommandOf<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** A command as it goes from one process to another, with the language of the person who gave it. */
export const HandedCommand = z.strictObject({ language: Language, command: Command });
export type HandedCommand = z.infer<typeof HandedCommand>;

/** Given again they would complain of what they did themselves, or write second files. */
const ONCE: ReadonlySet<Command['verb']> = new Set(['accounts-add', 'tokens-add', 'prepare', 'sync-add', 'sync-remove', 'sync-begin', 'sync-resolve']);

/** Whether a command may be given again when nobody knows how far the first one came. */
export function mayRepeat(command: Command): boolean {
  // Without --force the same bytes join the job that is on its way, or get the link that is there.
  if (command.verb === 'upload') return !command.force && command.inputs.every(({ type }) => type !== 'kept');
  return !ONCE.has(command.verb);
}
