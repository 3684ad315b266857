import { createContext, useContext } from 'react';
import { joinSentences } from '../../shared/i18n/sentences';
import { createTranslator, problemText, type SaidProblem } from '../../shared/i18n/translator';
import type { window as windowTexts } from '../../shared/i18n/en/window';
import type { Language, Localized } from '../../shared/model/localized';
import type { Notice } from '../../shared/model/notice';
import { THIS_COMPUTER } from '../../shared/model/this-computer';
import { dayOf } from './library-window';

type PluralFree<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
/** A key of the window's texts; plural forms are chosen by `count`. */
export type TextKey = PluralFree<keyof typeof windowTexts>;
export type Params = Readonly<Record<string, string | number>>;

/** Words, numbers and times in one language. */
export type Text = {
  readonly language: Language;
  readonly t: (key: TextKey, params?: Params) => string;
  /** The sentence a person reads for a problem. */
  readonly problem: (problem: SaidProblem) => string;
  readonly notice: (notice: Pick<Notice, 'message' | 'params'>) => string;
  /** Sentences one behind the other, as the language writes them; those that are missing are left out. */
  readonly sentences: (...all: readonly (string | null | undefined)[]) => string;
  readonly localized: (text: Localized) => string;
  /** What people call an account: its own name, or the words for the embedded host. */
  readonly account: (name: string) => string;
  readonly number: (value: number) => string;
  /** From 0 to 1. */
  readonly percent: (value: number) => string;
  readonly bytes: (bytes: number) => string;
  readonly speed: (bytesPerSecond: number) => string;
  readonly span: (seconds: number) => string;
  /** The same for what may take less than a second, in milliseconds. */
  readonly shortSpan: (ms: number) => string;
  /** A local day given as `YYYY-MM-DD`: today, yesterday, else its date, and a dash for none; `now` in epoch milliseconds. */
  readonly day: (day: string, now: number) => string;
  /** The time of day; of a host's label its wall clock. */
  readonly clock: (at: number | string) => string;
  /** Epoch milliseconds in the person's own zone: the time of day when it was today, else the date. */
  readonly time: (at: number) => string;
  readonly timeLong: (at: number) => string;
  /** Date and time of day, as one word. A host's label has no zone: its wall clock stays as it is. */
  readonly moment: (at: number | string) => string;
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const DAY = 86_400_000;

/** Formatters are slow to make, and the first screen shows few of them. */
const lazy = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

export const createText = (language: Language): Text => {
  const translator = createTranslator(language);
  const whole = lazy(() => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
  const fine = lazy(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  const inPercent = lazy(() => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }));
  const clock = lazy(() => new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }));
  const date = lazy(() => new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' }));
  const weekday = lazy(() => new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' }));
  const weekdayOfYear = lazy(() => new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }));
  const moment = lazy(() => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium' }));
  const short = lazy(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }));
  const shortOfLabel = lazy(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }));
  const clockOfLabel = lazy(() => new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }));
  const unit = (value: number, name: 'millisecond' | 'second' | 'minute' | 'hour'): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);

  const said = new Map<TextKey, string>();
  /** A text without parts is the same each time, and a list says its own for every row. */
  const plain = (key: TextKey): string => {
    const known = said.get(key) ?? translator.t(key, {});
    said.set(key, known);
    return known;
  };

  const bytes = (value: number): string => {
    const step = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3));
    const scaled = value / 1000 ** step;
    return `${(step === 0 || scaled >= 100 ? whole : fine)().format(scaled)}\u00a0${UNITS[step] ?? 'B'}`;
  };
  const account = (name: string): string => (name === THIS_COMPUTER ? translator.t('accountHere') : name);
  const span = (seconds: number): string => {
    const all = Math.max(1, Math.ceil(seconds));
    if (all < 60) return unit(all, 'second');
    if (all < 3600) return unit(Math.ceil(all / 60), 'minute');
    return `${unit(Math.floor(all / 3600), 'hour')} ${unit(Math.floor((all % 3600) / 60), 'minute')}`;
  };
  return {
    language,
    t: (key, params) => (params === undefined ? plain(key) : translator.t(key, params)),
    sentences: (...all) => joinSentences(language, all),
    problem: (one) => problemText(translator, one.params['host'] === THIS_COMPUTER ? { ...one, params: { ...one.params, host: account(THIS_COMPUTER) } } : one),
    notice: (notice) => translator.t(`notices:${notice.message}`, notice.params),
    localized: (text) => text[language],
    account,
    number: (value) => whole().format(value),
    percent: (value) => inPercent().format(value),
    bytes,
    speed: (value) => `${bytes(value)}/s`,
    span,
    shortSpan: (ms) => (ms < 1000 ? unit(Math.max(1, Math.round(ms)), 'millisecond') : ms < 10_000 ? unit(Math.round(ms / 100) / 10, 'second') : span(ms / 1000)),
    day: (day, now) => {
      const [year = 1970, month = 1, ofMonth = 1] = day.split('-').map(Number);
      const noon = new Date(year, month - 1, ofMonth, 12);
      if (day === '' || Number.isNaN(noon.getTime())) return '–';
      if (day === dayOf(now)) return plain('dayToday');
      if (day === dayOf(now - DAY)) return plain('dayYesterday');
      return (year === new Date(now).getFullYear() ? weekday : weekdayOfYear)().format(noon);
    },
    clock: (at) => (typeof at === 'number' ? clock().format(at) : ofLabel(at, clockOfLabel)),
    time: (at) => {
      const sameDay = Math.floor((at - offset(at)) / DAY) === Math.floor((Date.now() - offset(Date.now())) / DAY);
      return sameDay ? clock().format(at) : date().format(at);
    },
    timeLong: (at) => moment().format(at),
    moment: (at) => (typeof at === 'number' ? unbroken(short().format(at)) : ofLabel(at, shortOfLabel)),
  };
};

/** `2026-11-30 20:39:05`, in the spellings that hosts have. */
const LABEL = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?$/;
/** As it was written where it is no time that we know. */
const ofLabel = (label: string, format: () => Intl.DateTimeFormat): string => {
  const wallClock = LABEL.exec(label);
  const inUtc = wallClock === null ? NaN : Date.parse(`${wallClock[1] ?? ''}T${wallClock[2] ?? ''}Z`);
  return Number.isNaN(inUtc) ? label : unbroken(format().format(inUtc));
};
const unbroken = (words: string): string => words.replace(/\s/g, '\u00a0');

const offset = (at: number): number => new Date(at).getTimezoneOffset() * 60_000;

export const TextContext = createContext<Text | null>(null);

export const useText = (): Text => {
  const text = useContext(TextContext);
  if (text === null) throw new Error('no TextContext above this component');
  return text;
};
