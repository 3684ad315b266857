import type { Language } from '../model/localized';

/** Sentences one behind the other, as the language writes them; those that are missing are left out. A full stop of Chinese brings its own space. */
export const joinSentences = (language: Language, all: readonly (string | null | undefined)[]): string =>
  all.filter((one) => one !== null && one !== undefined && one !== '').join(language === 'zh-CN' ? '' : ' ');

/** Words of a list one behind the other. */
export const joinWords = (language: Language, all: readonly string[]): string => all.join(language === 'zh-CN' ? '、' : ', ');
