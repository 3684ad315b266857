import type { i18n } from 'i18next';
import { joinSentences, joinWords } from '../../shared/i18n/sentences';
import { languageOf } from '../../shared/i18n/translator';
import type { PreparationProfile } from '../../shared/model/preparation';
import { changesPixels } from '../../shared/model/preparation-profiles';
import type { PreparationReport, RemovedPart } from '../../shared/model/preparation-report';
import type { Problem } from '../../shared/model/problem';
import { oneLine, type RunContext, sayTo, sentence } from './run-context';

/** What of a drawing may have been seen, in the words for it. */
const DRAWN: readonly (readonly [key: string, parts: readonly RemovedPart[]])[] = [
  ['lostScripts', ['script', 'handler']],
  ['lostLinks', ['link']],
  ['lostContent', ['content']],
];

/** What a person has to know of a file that was made ready; null where all went as asked and nothing is missing that was seen. */
export function preparedWords(translator: Pick<i18n, 't' | 'language'>, { removed, kept, left }: Pick<PreparationReport, 'removed' | 'kept' | 'left'>): string | null {
  const text = (key: string, params: Readonly<Record<string, string>> = {}): string => translator.t(`cli:${key}`, params);
  const language = languageOf(translator.language);
  const drawn = DRAWN.filter(([, parts]) => parts.some((part) => removed.includes(part))).map(([key]) => text(key));
  const sentences = [
    ...(kept === null ? [] : [translator.t(`window:kept_${kept}`)]),
    ...(left === null || left === 'nothing' ? [] : [translator.t(`window:left_${left}`)]),
    ...(removed.includes('pages') ? [text('lostPages')] : []),
    ...(removed.includes('gainmap') ? [text('lostGainMap')] : []),
    ...(drawn.length === 0 ? [] : [text('lostDrawn', { parts: joinWords(language, drawn) })]),
  ];
  return sentences.length === 0 ? null : joinSentences(language, sentences);
}

/** Says it in one line, which begins with the file. */
export function sayReport(context: RunContext, shown: string, report: PreparationReport | null): void {
  const words = report === null ? null : preparedWords(context.translator, report);
  if (words !== null) sayTo(context, `${oneLine(shown)}: ${words}`);
}

/** What was not made ready since it would not give up its metadata, and what is said of it where nothing was to be sent. */
const NOT_WRITTEN: ReadonlyMap<string, string> = new Map([
  ['stripBroken', 'stripBrokenHere'],
  ['stripCut', 'stripCutHere'],
  ['stripOdd', 'stripOddHere'],
]);

/** The same problem in the words for a file that was only to be written. */
export const notWritten = (problem: Problem): Problem => ({ ...problem, message: NOT_WRITTEN.get(problem.message) ?? problem.message });

/** Says why a file was not made ready or sent, and how it can be all the same where its metadata is what holds it back. */
export function sayProblem(context: RunContext, shown: string, problem: Problem, profile: PreparationProfile): void {
  const stays = [...NOT_WRITTEN].flat().includes(problem.message);
  // Where work on its pixels was asked for already, that is no way out.
  const other = stays && problem.params['stays'] === 'odd' && !changesPixels(profile);
  const sentences = [sentence(context, problem), ...(other ? [context.text('stripOddHelp')] : []), ...(stays ? [context.text('asItIsHelp')] : [])];
  sayTo(context, `${oneLine(shown)}: ${joinSentences(languageOf(context.translator.language), sentences)}`);
}

/** A report as scripts see it, in the report's own codes. */
export const reportRecord = (report: PreparationReport | null): { readonly removed: PreparationReport['removed']; readonly kept: PreparationReport['kept']; readonly leftAlone: PreparationReport['left'] } => ({
  removed: report?.removed ?? [],
  kept: report?.kept ?? null,
  leftAlone: report?.left ?? null,
});
