import { sha256Hex } from '../../lib/canonical-json';
import type { TextChoice } from '../../merge';
import type { Problem } from '../../shared/model/problem';
import type { DocumentName, DocumentState, DocumentStatus, OpenConflict } from './engine-contract';
import { isHeldBack } from './copies';
import type { DocumentRecord } from './record';

/** Names a document among all. */
export const idOf = ({ account, fileKey }: DocumentName): string => `${account}\n${fileKey}`;

const stateOf = (record: DocumentRecord, problem: Problem | null): DocumentState => {
  if (record.rolledBack !== null) return 'rolled-back';
  if (conflictsOf(record).length > 0) return 'conflict';
  if (record.paused) return 'paused';
  if (record.base === null && record.begin === 'asked') return 'first-choice';
  if (problem !== null) return 'failed';
  if (record.base === null) return 'new';
  return record.outbox !== null || record.open !== null ? 'waiting' : 'clean';
};

/** How a document stands, as its record says. */
export const statusOf = (record: DocumentRecord): DocumentStatus => ({
  account: record.account,
  fileKey: record.fileKey,
  path: record.path,
  kind: record.kind,
  paused: record.paused,
  state: stateOf(record, record.problem),
  version: record.base?.version ?? null,
  openConflicts: conflictsOf(record).length,
  lastSync: record.lastSync,
  note: record.note,
  ...(record.folded ? { folded: true } : {}),
  ...heldBack(record),
  problem: record.problem,
});

const heldBack = (record: DocumentRecord): Pick<DocumentStatus, 'canTakeBack' | 'heldDecision'> => {
  const canTakeBack = isHeldBack(record);
  return { canTakeBack, ...(canTakeBack && record.settled?.decided != null ? { heldDecision: true } : {}) };
};

const choiceWord = (choice: TextChoice | undefined): string | null => (choice === undefined ? null : choice.take === 'both' ? `both-${choice.first}` : choice.take);

/** What waits for a person in it: nothing was decided about it yet. */
export const conflictsOf = (record: DocumentRecord): readonly OpenConflict[] => allConflictsOf(record).filter(({ choice }) => choice === null);

/** And what was decided while the merge still waits. */
export const allConflictsOf = (record: DocumentRecord): readonly OpenConflict[] => {
  const document = { account: record.account, fileKey: record.fileKey };
  if (record.rolledBack !== null) {
    const id = `rollback-${sha256Hex(`${idOf(document)}\n${record.epoch}`).slice(0, 16)}`;
    return [{ id, document, path: [], kind: 'rollback', both: false, choice: null, deviceId: null, version: record.rolledBack.headVersion }];
  }
  const { open } = record;
  if (open === null) return [];
  return open.conflicts.map(({ id, path, kind, base, mine, theirs, both }) => ({ id, document, path, kind, base, mine, theirs, both, choice: choiceWord(open.choices[id]), deviceId: open.deviceId, version: open.theirsVersion }));
};
