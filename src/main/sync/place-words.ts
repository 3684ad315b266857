import type { SyncPath } from '../../shared/model/sync';

const BETWEEN = '›';

/** Lower case, with one sign between the steps, however a person writes it: `a › b`, `a.b` or `a/b`. */
const plain = (text: string): string => text.toLowerCase().replace(/\s*[›./]\s*/g, BETWEEN);

/** A path as a person searches for it. */
export const placeWords = (path: SyncPath): string =>
  plain(
    path
      .flatMap((step) => (typeof step === 'string' ? [step] : 'idKey' in step ? [`${step.idKey} ${step.idValue}`] : []))
      .join(BETWEEN),
  );

/** Whether a place is one that the text names, lies below it, or holds it. */
export const namesPlace = (place: string, text: string): boolean => {
  const wanted = plain(text.trim());
  return place.includes(wanted) || wanted.startsWith(`${place}${BETWEEN}`) || place === '';
};
