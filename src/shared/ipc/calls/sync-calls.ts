import { z } from 'zod';
import {
  BuiltInKind,
  OthersRecords,
  SyncBeginning,
  SyncCopy,
  SyncCopyId,
  SyncDeviceList,
  SyncDiff,
  SyncDocument,
  SyncFirstRun,
  SyncHistoryPage,
  SyncIndexed,
  SyncName,
  SyncPath,
  SyncSettled,
  SyncRestorePlan,
  SyncSide,
  SyncVersionCounts,
  SyncVersionRow,
  SyncView,
} from '../../model/sync';
import { MOST_PATHS } from '../../model/sync-limits';
import { FileLook, LinePage, LineRowPage } from '../../model/sync-views';
import { call, Id, Nothing, Rev } from '../call';

const Path = z.string().min(1).max(32_768);
const OfDocument = z.strictObject({ document: SyncName });
const OfCopy = z.strictObject({ document: SyncName, id: SyncCopyId });
const Page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };
const Note = z.string().max(300);

/** JSON documents that sync between devices, their versions and their devices. Texts come in pages, never whole. */
export const syncCalls = {
  'sync:snapshot': call(Nothing, z.strictObject({ rev: Rev, view: SyncView })),
  /** Whether documents are open in main; opens nothing. */
  'sync:is-open': call(Nothing, z.boolean()),
  /** Opens the system's file dialog; an empty list means the person closed it. */
  'sync:choose-files': call(Nothing, z.array(z.string())),
  /** Where a document that lies at the host is to be kept: in a new file, or in one that `exists`; null: the person closed the dialog. */
  'sync:choose-place': call(z.strictObject({ name: z.string().min(1).max(191), exists: z.boolean() }), z.strictObject({ path: z.string() }).nullable()),
  /** What is to be said of a file before it becomes a document. */
  'sync:look': call(z.strictObject({ path: Path }), FileLook),
  /** Both sides wait for the person when both have something. Nothing is sent before a run. */
  'sync:add': call(z.strictObject({ document: SyncName, path: Path }), SyncDocument),
  'sync:remove': call(OfDocument, Nothing),
  /** Undoes `sync:remove`; the document stands as it did. */
  'sync:bring-back': call(OfDocument, SyncDocument),
  /** `note` is kept first, for the next version. */
  'sync:run': call(z.strictObject({ document: SyncName, note: Note.optional() }), SyncDocument),
  /** Keeps what this device's next version is called, whatever makes it; an empty note takes it back. */
  'sync:note': call(z.strictObject({ document: SyncName, note: Note }), Nothing),
  'sync:run-all': call(Nothing, Nothing),
  'sync:pause': call(z.strictObject({ document: SyncName, paused: z.boolean() }), Nothing),
  'sync:pause-all': call(z.strictObject({ paused: z.boolean() }), Nothing),
  'sync:show-file': call(OfDocument, Nothing),

  /** Pages from 1, newest first. */
  'sync:history': call(z.strictObject({ document: SyncName, page: z.number().int().min(1) }), SyncHistoryPage),
  /** The versions whose text is kept on this device, newest first; asks nobody. */
  'sync:versions-here': call(OfDocument, z.array(SyncVersionRow)),
  'sync:counts': call(z.strictObject({ document: SyncName, version: z.number().int().positive() }), SyncVersionCounts),
  /** Which of these versions changed a place whose path holds the text; a few at once. */
  'sync:changed-at': call(z.strictObject({ document: SyncName, versions: z.array(z.number().int().positive()).max(50), text: z.string().min(1).max(500) }), z.array(z.number().int().positive())),
  'sync:diff': call(z.strictObject({ document: SyncName, before: SyncSide, after: SyncSide, ...Page }), SyncDiff),
  /** One document in lines; `id` goes on with the text of an earlier page. */
  'sync:lines': call(z.strictObject({ document: SyncName, side: SyncSide, id: Id.optional(), ...Page }), LinePage),
  /** Two documents by lines; `whole` shows equal lines too. */
  'sync:line-rows': call(z.strictObject({ document: SyncName, before: SyncSide, after: SyncSide, id: Id.optional(), whole: z.boolean(), ...Page }), LineRowPage),
  'sync:copy': call(z.strictObject({ document: SyncName, side: SyncSide }), Nothing),
  /** Null: the person closed the dialog. */
  'sync:export': call(z.strictObject({ document: SyncName, side: SyncSide }), z.strictObject({ path: z.string() }).nullable()),
  'sync:restore-plan': call(z.strictObject({ document: SyncName, version: z.number().int().positive(), paths: z.array(SyncPath).max(MOST_PATHS).nullable(), ...Page }), SyncRestorePlan),
  /** Puts an old version, or these places of it, into the file and sends it as a new version with this note. */
  'sync:restore': call(z.strictObject({ document: SyncName, version: z.number().int().positive(), paths: z.array(SyncPath).max(MOST_PATHS).nullable(), note: Note }), SyncDocument),

  /** What was kept before something was written over it, newest first. */
  'sync:copies': call(OfDocument, z.array(SyncCopy)),
  /** Shows the folder where a copy lies, compressed. */
  'sync:show-copy': call(OfCopy, Nothing),
  /** Puts a copy into the file and sends it like any edit; null: the file has it already. */
  'sync:put-back': call(OfCopy, SyncDocument.nullable()),

  'sync:devices': call(z.strictObject({ account: Id, fileKey: z.string().nullable() }), SyncDeviceList),
  'sync:rename-device': call(z.strictObject({ name: z.string().trim().min(1).max(80) }), Nothing),
  /** Hides a device here, or shows it again. */
  'sync:forget-device': call(z.strictObject({ account: Id, deviceId: z.string(), forgotten: z.boolean() }), Nothing),
  'sync:resolved': call(z.strictObject({ account: Id, fileKey: z.string().nullable() }), SyncSettled),

  /** Says which is right where the host has older data than this computer, and syncs. `asked`: false when nobody needed the answer any more. */
  'sync:settle-older': call(z.strictObject({ document: SyncName, keep: z.enum(['mine', 'theirs']) }), z.strictObject({ document: SyncDocument, asked: z.boolean() })),
  /** Both sides of a document that has never synced here, or whose host has older data. */
  'sync:first-run': call(OfDocument, SyncFirstRun),
  'sync:begin': call(z.strictObject({ document: SyncName, how: SyncBeginning }), SyncDocument),
  /** What other devices have put into the account's index. */
  'sync:indexed': call(z.strictObject({ account: Id }), z.array(SyncIndexed)),
  'sync:set-built-in': call(z.strictObject({ account: Id, kind: BuiltInKind, on: z.boolean(), others: OthersRecords.optional() }), Nothing),
} as const;
