/** Three-way merge of JSON documents. See README.md. */
export { align, type Hunk } from './align';
export { canonicalText, documentHash, type Canonical, type Digest } from './canonical';
export type { Change, Choice, Choices, Conflict, ConflictKind, Note, Side } from './conflict';
export { countChanges, diff, type ChangeCounts } from './diff';
export { ExactNumber } from './exact-number';
export type { Duplicate } from './faults';
export { formatOf, print, printValue, type Format } from './format';
export { guard, type Guard } from './guard';
export { isArray, isObject, same, typeOf, type JsonArray, type JsonObject, type JsonType, type JsonValue, type Maybe } from './json';
export { withoutLocal } from './local-only';
export { merge, resolve, takeAll, type MergeOptions, type Outcome, type Resolved } from './merge';
export {
  mergeTexts,
  openMerge,
  readChoice,
  textChange,
  textConflict,
  textPath,
  type MergeAnswer,
  type MergedTexts,
  type MergeTextOptions,
  type OpenMerge,
  type SideRefusal,
  type TextChange,
  type TextChoice,
  type TextConflict,
  type TextNote,
  type TextPath,
  type TextStep,
} from './merge-texts';
export { withOpenPlaces } from './overlay';
export { overPush } from './over-push';
export { pathText, valueAt, type Path, type Step } from './path';
export { IDENTITY_KEYS, type Policy, type Rule } from './policy';
export { recall } from './recall';
export { MOST_DEPTH, readJson, type Reading, type Refusal } from './read-json';
export { MOST_IN_PLACE, writeBack } from './write-back';
