import i18next, { type i18n } from 'i18next';
import type { Language } from '../model/localized';
import type { Problem } from '../model/problem';
import { api as apiEn } from './en/api';
import { cli as cliEn } from './en/cli';
import { desktop as desktopEn } from './en/desktop';
import { menu as menuEn } from './en/menu';
import { notices as noticesEn } from './en/notices';
import { problems as problemsEn } from './en/problems';
import { window as windowEn } from './en/window';
import { api as apiZh } from './zh/api';
import { cli as cliZh } from './zh/cli';
import { desktop as desktopZh } from './zh/desktop';
import { menu as menuZh } from './zh/menu';
import { notices as noticesZh } from './zh/notices';
import { problems as problemsZh } from './zh/problems';
import { window as windowZh } from './zh/window';

/** Every text of Picferry by language and namespace; both languages hold the same keys by type. */
export const resources = {
  en: { problems: problemsEn, notices: noticesEn, cli: cliEn, api: apiEn, menu: menuEn, desktop: desktopEn, window: windowEn },
  'zh-CN': { problems: problemsZh, notices: noticesZh, cli: cliZh, api: apiZh, menu: menuZh, desktop: desktopZh, window: windowZh },
} as const;

/** An i18next instance of its own, ready at once (the texts are bundled). */
export const createTranslator = (language: Language): i18n => {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources,
    ns: ['window', 'problems', 'notices', 'cli', 'api', 'menu', 'desktop'],
    defaultNS: 'window',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
};

/** The sentence a person reads for a problem. An unknown key falls back to the internal message, never to a blank. */
export const problemText = (translator: Pick<i18n, 't' | 'exists'>, problem: Pick<Problem, 'message' | 'params'>): string => {
  const key = `problems:${problem.message}`;
  return translator.exists(key) ? translator.t(key, problem.params) : translator.t('problems:internal');
};

/** The nearest of our languages to a system's locale such as `zh-Hans-CN` or `en_GB.UTF-8`. */
export const languageOf = (locale: string): Language => (/^zh\b|^zh[-_]/i.test(locale) ? 'zh-CN' : 'en');
