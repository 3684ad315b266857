import type { PreparationReport, RemovedPart } from '../../shared/model/preparation-report';
import type { Text, TextKey } from './text';

/** What was taken out, in the words that matter most of it. */
const removedKey = (removed: readonly RemovedPart[]): TextKey | null => {
  if (removed.includes('pages')) return 'jobFirstPage';
  if (removed.includes('content')) return 'jobContentRemoved';
  if (removed.includes('location')) return 'jobLocationRemoved';
  if (removed.includes('exif')) return 'jobDataRemoved';
  if (removed.includes('script') || removed.includes('handler')) return 'jobScriptRemoved';
  return removed.some((part) => part !== 'profile') ? 'jobCleaned' : null;
};

/** What preparation did with a file; and what it could not do, or took out although it was seen. */
export const reportWords = (report: PreparationReport | null, { t, sentences }: Text): { readonly done: readonly string[]; readonly kept: string | null } => {
  if (report === null) return { done: [], kept: null };
  const key = removedKey(report.removed);
  const kept = report.kept !== null ? t(`kept_${report.kept}`) : report.left !== null && report.left !== 'nothing' ? t(`left_${report.left}`) : null;
  const lost = report.removed.includes('content') ? t('lost_content') : null;
  return { done: key === null ? [] : [t(key)], kept: kept === null && lost === null ? null : sentences(lost, kept) };
};

const SEEN: readonly RemovedPart[] = ['script', 'handler', 'link', 'content'];

/** Whether what went out of a drawing may have been seen, though no pixel was drawn anew. */
export const mayLookOther = (report: PreparationReport): boolean => report.removed.some((part) => SEEN.includes(part));

/** Whether what was sent differs from the file. */
export const wasChanged = (report: PreparationReport | null): boolean => report !== null && (report.recoded || report.removed.length > 0);
