import { isArray, printValue, readJson, type JsonValue, type Side, type TextConflict } from '../../merge';
import type { Decided, Open } from './record';

/** Both values as one list, as they stand one after the other. */
const bothText = ({ kind, mine, theirs }: Pick<TextConflict, 'kind' | 'mine' | 'theirs'>, first: Side): string => {
  const values = (first === 'mine' ? [mine, theirs] : [theirs, mine]).flatMap((text): readonly JsonValue[] => {
    const read = text === undefined ? null : readJson(text);
    if (read === null || !read.ok) return [];
    return kind === 'list' && isArray(read.value) ? read.value : [read.value];
  });
  return printValue(values, { indent: '', eol: '\n', spaced: false });
};

/** What a person decided about these places; where they chose nothing, the file itself was changed. */
export const decisionsIn = ({ conflicts, choices, deviceId, theirsVersion }: Open, at: number): readonly Decided[] =>
  conflicts.map(({ id, path, ...sides }) => {
    const choice = choices[id];
    const side = choice?.take === 'mine' || choice?.take === 'theirs' || choice?.take === 'base' ? sides[choice.take] : undefined;
    const result = choice?.take === 'edited' ? choice.text.trim() : choice?.take === 'both' ? bothText(sides, choice.first) : (side ?? null);
    return { id, path: [...path], choice: choice?.take ?? 'file', result, at, otherDeviceId: deviceId, version: theirsVersion, takenBack: null };
  });
