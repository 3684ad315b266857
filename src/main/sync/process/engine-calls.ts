import type { TextChoice } from '../../../merge';
import type { SyncBeginning, SyncPath, SyncSide } from '../../../shared/model/sync';
import type { AddOptions, DocumentName, Settled, SyncEngine } from '../engine-contract';
import type { Page } from '../texts';
import type { ReadingCalls } from './reading-calls';

type Run = { readonly note?: string; readonly byHand?: boolean };
type Sides = { readonly before: SyncSide; readonly after: SyncSide };
type Paths = readonly SyncPath[] | null;

/** What the engine can be asked from another process, by name; arguments and results can be cloned. */
export const engineCalls = {
  add: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, path: string, options: AddOptions) => engine.add(document, path, options),
  remove: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.remove(document),
  setAside: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.setAside(document),
  bringBack: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.bringBack(document),
  forgetAside: async (engine: SyncEngine, _signal: AbortSignal) => engine.forgetAside(),
  list: async (engine: SyncEngine, _signal: AbortSignal) => engine.list(),
  status: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.status(document),
  device: async (engine: SyncEngine, _signal: AbortSignal) => engine.device(),
  waiting: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.waiting(document),
  run: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, run: Run) => engine.run(document, { ...run, signal }),
  keepNote: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, note: string) => engine.keepNote(document, note),
  pause: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, paused: boolean) => engine.pause(document, paused),
  relocate: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, path: string) => engine.relocate(document, path),
  history: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, page: number) => engine.history(document, page, signal),
  versionsHere: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.versionsHere(document),
  counts: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, version: number) => engine.counts(document, version, signal),
  changedAt: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, versions: readonly number[], text: string) => engine.changedAt(document, versions, text, signal),
  diff: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, sides: Sides, page: Page) => engine.diff(document, sides, page, signal),
  show: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, side: SyncSide, maxBytes: number | undefined) => engine.show(document, side, maxBytes, signal),
  restorePlan: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, version: number, paths: Paths, page: Page) => engine.restorePlan(document, version, paths, page, signal),
  restore: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, version: number, paths: Paths, options: { readonly note: string; readonly sync: boolean }) => engine.restore(document, version, paths, { ...options, signal }),
  devices: (engine: SyncEngine, signal: AbortSignal, account: string, fileKey: string | null) => engine.devices(account, fileKey, signal),
  held: (engine: SyncEngine, signal: AbortSignal, account: string, fileKeys: readonly string[]) => engine.held(account, fileKeys, signal),
  renameDevice: async (engine: SyncEngine, _signal: AbortSignal, name: string) => engine.renameDevice(name),
  conflicts: async (engine: SyncEngine, _signal: AbortSignal, account: string | undefined, fileKey: string | undefined, decided?: boolean) => engine.conflicts(account, fileKey, decided),
  resolved: (engine: SyncEngine, signal: AbortSignal, account: string, fileKey: string | null) => engine.resolved(account, fileKey, signal),
  resolve: (engine: SyncEngine, _signal: AbortSignal, ids: string | readonly string[], choice: TextChoice, account?: string) => engine.resolve(ids, choice, account),
  sides: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.sides(document),
  settle: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, settled: Settled) => engine.settle(document, settled),
  takeBack: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.takeBack(document),
  copies: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName) => engine.copies(document),
  copyPath: async (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, id: string) => engine.copyPath(document, id),
  putBack: (engine: SyncEngine, _signal: AbortSignal, document: DocumentName, id: string) => engine.putBack(document, id),
  firstRun: (engine: SyncEngine, signal: AbortSignal, document: DocumentName) => engine.firstRun(document, signal),
  begin: (engine: SyncEngine, signal: AbortSignal, document: DocumentName, how: SyncBeginning) => engine.begin(document, how, signal),
} as const;

/** What the engine's process answers. */
export type EngineCalls = typeof engineCalls & ReadingCalls;
export type EngineCall = keyof EngineCalls;
type Rest<F> = F extends (of: never, signal: AbortSignal, ...args: infer A) => unknown ? A : never;
export type CallArgs<K extends EngineCall> = Rest<EngineCalls[K]>;
export type CallResult<K extends EngineCall> = Awaited<ReturnType<EngineCalls[K]>>;

export const isEngineCall = (name: string): name is keyof typeof engineCalls => Object.hasOwn(engineCalls, name);
