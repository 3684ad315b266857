import { randomUUID } from 'node:crypto';
import type { SyncSide } from '../../../shared/model/sync';
import type { FileLook, LinePage, LineRowPage } from '../../../shared/model/sync-views';
import type { LinesWanted } from '../contract';
import type { DocumentName, SyncEngine } from '../engine-contract';
import { LineDesk } from '../reading/line-desk';
import { lookAtFile } from '../reading/look-at-file';
import { writeExport } from '../reading/write-export';

/** Larger documents are not shown whole, line by line. */
const MOST_SHOWN = 10_000_000;

/** Reads texts for people, where the engine is. */
export type Reader = { readonly engine: SyncEngine; readonly desk: LineDesk; readonly now: () => number };

export const createReader = (engine: SyncEngine, now: () => number): Reader => ({ engine, desk: new LineDesk(randomUUID), now });

type Sides = { readonly before: SyncSide; readonly after: SyncSide };

/** What can be asked of texts: they are parsed, laid out, compared and written here, so that main's thread never waits for it. */
export const readingCalls = {
  look: ({ now }: Reader, _signal: AbortSignal, path: string, documents: Parameters<typeof lookAtFile>[1]): Promise<FileLook> => lookAtFile(path, documents, now()),
  lines: ({ engine, desk }: Reader, signal: AbortSignal, document: DocumentName, side: SyncSide, { id, offset, limit }: LinesWanted): Promise<LinePage> =>
    desk.lines(id, offset, limit, () => engine.show(document, side, MOST_SHOWN, signal)),
  lineRows: ({ engine, desk }: Reader, signal: AbortSignal, document: DocumentName, { before, after }: Sides, whole: boolean, { id, offset, limit }: LinesWanted): Promise<LineRowPage> =>
    desk.rows(id, whole, offset, limit, async () => [await engine.show(document, before, MOST_SHOWN, signal), await engine.show(document, after, MOST_SHOWN, signal)]),
  save: async ({ engine, now }: Reader, signal: AbortSignal, document: DocumentName, side: SyncSide, path: string): Promise<void> => writeExport(path, await engine.show(document, side, undefined, signal), now()),
} as const;

export type ReadingCalls = typeof readingCalls;
export const isReadingCall = (name: string): name is keyof ReadingCalls => Object.hasOwn(readingCalls, name);
