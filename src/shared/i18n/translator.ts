import i18next, { type i18n } from 'i18next';
import type { Language } from '../model/localized';
import type { Problem } from '../model/problem';
import { texts as english } from './en';
import { texts as chinese } from './zh';

/** Both languages hold the same keys by type, so that one never stands in for the other. */
const TEXTS = { en: english, 'zh-CN': chinese } as const satisfies Readonly<Record<Language, () => object>>;

/** An i18next instance of its own, ready at once (the texts are bundled). */
export const createTranslator = (language: Language): i18n => {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: TEXTS[language]() },
    ns: ['window', 'problems', 'notices', 'cli', 'api', 'menu', 'desktop'],
    defaultNS: 'window',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
};

/** What is said of a problem; who shows its technical text anyway leaves that out here. */
export type SaidProblem = Pick<Problem, 'message' | 'params'> & Partial<Pick<Problem, 'detail'>>;

/** The sentence a person reads for a problem. An unknown key falls back to the internal message, never to a blank; that one says the technical text, if there is any. */
export const problemText = (translator: Pick<i18n, 't' | 'exists'>, { message, params, detail = null }: SaidProblem): string => {
  const key = `problems:${message}`;
  if (message !== 'internal' && translator.exists(key)) return translator.t(key, withShownProfile(translator, params));
  return detail === null ? translator.t('problems:internal') : translator.t('problems:internalSaid', { detail });
};

const SHOWN: ReadonlyMap<string | number | undefined, string> = new Map([
  ['private', 'window:preparePrivate'],
  ['none', 'window:prepareNone'],
]);

/** A profile that is always there is called by its name in the person's language, as everywhere else. */
function withShownProfile(translator: Pick<i18n, 't'>, params: SaidProblem['params']): SaidProblem['params'] {
  const key = SHOWN.get(params['profile']);
  return key === undefined ? params : { ...params, profile: translator.t(key) };
}

/** The nearest of our languages to a system's locale such as `zh-Hans-CN` or `en_GB.UTF-8`. */
export const languageOf = (locale: string): Language => (/^zh\b|^zh[-_]/i.test(locale) ? 'zh-CN' : 'en');
