import { z } from 'zod';
import { UploadSelection } from '../../model/library-query';
import { Backup, ImportReport } from '../../model/transfer';
import { call, Id, Nothing } from '../call';

const Passphrase = z.string().min(1).max(1000);
/** Null: the person closed the dialog. */
const Saved = z.strictObject({ path: z.string(), uploads: z.number() }).nullable();

/** Whole libraries in and out, lists of links out, and the kept backups. Files are chosen in the system's dialogs. */
export const transferCalls = {
  /** Library and settings in one file. Without a passphrase it holds neither keys nor delete links. */
  'transfer:export': call(z.strictObject({ passphrase: Passphrase.nullable() }), Saved),
  'transfer:export-list': call(z.strictObject({ selection: UploadSelection, as: z.enum(['csv', 'markdown']) }), Saved),
  /** Lets a person choose a file to import; null when the dialog was closed. */
  'transfer:choose-import': call(Nothing, z.strictObject({ path: z.string() }).nullable()),
  /**
   * Lets a person choose a file, or takes one's path, and says what is in it; null when the dialog was closed.
   * `again` is the id of an earlier look: the same file is read once more, without a dialog, e.g. with its passphrase.
   */
  'transfer:look': call(
    z.strictObject({ path: z.string().max(32_768).nullable(), passphrase: Passphrase.nullable(), again: Id.optional() }),
    z.strictObject({ id: Id, needsPassphrase: z.boolean(), report: ImportReport.nullable() }).nullable(),
  ),
  /** Takes in what was looked at, merging without duplicates; a backup is made before. */
  'transfer:import': call(
    z.strictObject({ id: Id, passphrase: Passphrase.nullable(), accounts: z.boolean(), uploads: z.boolean(), settings: z.boolean() }),
    ImportReport,
  ),
  'transfer:backups': call(Nothing, z.array(Backup)),
  'transfer:back-up-now': call(Nothing, Backup),
  /** Puts a backup in the library's place, keeping the present one as a backup, and starts Picferry anew. */
  'transfer:restore': call(z.strictObject({ name: z.string().min(1).max(200) }), Nothing),
} as const;
