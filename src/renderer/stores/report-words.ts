import type { PreparationReport, RemovedPart } from '../../shared/model/preparation-report';
import type { Text, TextKey } from './text';

/** What was taken out, in the words that matter most of it. */
const removedKey = (removed: readonly RemovedPart[]): TextKey | null => {
  if (removed.includes('pages')) return 'jobFirstPage';
  if (removed.includes('location')) return 'jobLocationRemoved';
  if (removed.includes('exif')) return 'jobDataRemoved';
  if (removed.includes('script') || removed.includes('handler')) return 'jobScriptRemoved';
  return removed.some((part) => part !== 'profile') ? 'jobCleaned' : null;
};

/** What preparation did with a file, and what it could not do. */
export const reportWords = (report: PreparationReport | null, { t }: Text): { readonly done: readonly string[]; readonly kept: string | null } => {
  if (report === null) return { done: [], kept: null };
  const key = removedKey(report.removed);
  const kept = report.kept !== null ? t(`kept_${report.kept}`) : report.left !== null && report.left !== 'nothing' ? t(`left_${report.left}`) : null;
  return { done: key === null ? [] : [t(key)], kept };
};

/** Whether what was sent differs from the file. */
export const wasChanged = (report: PreparationReport | null): boolean => report !== null && (report.recoded || report.removed.length > 0);
