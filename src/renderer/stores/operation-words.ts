import { assertNever } from '../../shared/assert-never';
import type { ItemOutcome, Operation, OperationItem } from '../../shared/model/operation';
import type { Text, TextKey } from './text';

type OutcomeWords = {
  /** With a count: "45 deleted". */
  readonly counted: TextKey;
  /** Of one item. */
  readonly one: TextKey;
  /** What it means, where the word alone does not tell. */
  readonly help: TextKey | null;
  readonly tone: 'neutral' | 'ok' | 'warn' | 'danger';
};

/** The outcomes in the order they are told: what worked, then what did not. */
export const outcomeWords: Readonly<Record<ItemOutcome, OutcomeWords>> = {
  deleted: { counted: 'outcomeDeleted', one: 'itemDeleted', help: null, tone: 'ok' },
  already_gone: { counted: 'outcomeGone', one: 'itemGone', help: null, tone: 'ok' },
  added: { counted: 'outcomeAdded', one: 'itemAdded', help: null, tone: 'ok' },
  known: { counted: 'outcomeKnown', one: 'itemKnown', help: null, tone: 'neutral' },
  alive: { counted: 'outcomeAlive', one: 'itemAlive', help: null, tone: 'ok' },
  dead: { counted: 'outcomeDead', one: 'itemDead', help: 'itemDeadText', tone: 'danger' },
  unsure: { counted: 'outcomeUnsure', one: 'itemUnsure', help: 'itemUnsureText', tone: 'warn' },
  left_out: { counted: 'outcomeLeftOut', one: 'itemLeftOut', help: 'itemLeftOutText', tone: 'neutral' },
  refused: { counted: 'outcomeRefused', one: 'itemRefused', help: 'itemRefusedText', tone: 'danger' },
  unconfirmed: { counted: 'outcomeUnconfirmed', one: 'itemUnconfirmed', help: 'itemUnconfirmedText', tone: 'warn' },
  failed: { counted: 'outcomeFailed', one: 'itemFailed', help: null, tone: 'danger' },
  cancelled: { counted: 'outcomeCancelled', one: 'itemCancelled', help: null, tone: 'neutral' },
};

export const outcomeOrder = Object.keys(outcomeWords) as readonly ItemOutcome[];

/** The outcomes that an operation has, in the order they are told. */
export const outcomesOf = (operation: Pick<Operation, 'outcomes'>): readonly { readonly outcome: ItemOutcome; readonly count: number }[] =>
  outcomeOrder.map((outcome) => ({ outcome, count: operation.outcomes[outcome] ?? 0 })).filter(({ count }) => count > 0);

/** What a retry asks again. */
const AGAIN: readonly ItemOutcome[] = ['failed', 'refused', 'unconfirmed', 'unsure', 'cancelled'];

const ended = (operation: Operation): boolean => operation.state === 'done' || operation.state === 'cancelled';

/** Whether some items may be tried again; an undone deletion is not among them. */
export const canRetry = (operation: Operation): boolean => ended(operation) && !isUndone(operation) && outcomesOf(operation).some(({ outcome }) => AGAIN.includes(outcome));

/** Whether it was called back before any host was asked. */
export const isUndone = (operation: Operation): boolean =>
  operation.state === 'cancelled' && operation.kind === 'delete' && outcomesOf(operation).every(({ outcome }) => outcome === 'cancelled');

export const outcomesText = (operation: Operation, { t, number }: Pick<Text, 't' | 'number'>): string => {
  const parts = outcomesOf(operation).map(({ outcome, count }) => t(outcomeWords[outcome].counted, { count, formatted: number(count) }));
  return parts.length === 0 ? t('operationNothing') : parts.join(t('outcomeJoin'));
};

type Ends = Readonly<Record<Operation['kind'], TextKey>>;
const runs: Ends = { delete: 'operationRunDelete', check_links: 'operationRunCheck', import_remote: 'operationRunImport' };
const ends: Ends = { delete: 'operationEndDelete', check_links: 'operationEndCheck', import_remote: 'operationEndImport' };
const stops: Ends = { delete: 'operationStopDelete', check_links: 'operationStopCheck', import_remote: 'operationStopImport' };
export const sheetTitles: Ends = { delete: 'operationSheetDelete', check_links: 'operationSheetCheck', import_remote: 'operationSheetImport' };

/** The one sentence for an operation at this moment: what will happen, how far it is, or how it truly ended. */
export const operationText = (operation: Operation, now: number, text: Pick<Text, 't' | 'number' | 'span' | 'account' | 'problem'>): string => {
  const { t, number, span, account, problem } = text;
  const subject = operation.subject === '' ? t('operationHost') : account(operation.subject);
  switch (operation.state) {
    case 'waiting': {
      const count = operation.total ?? 0;
      const left = operation.startsAt === null ? 0 : Math.ceil((operation.startsAt - now) / 1000);
      const words = { count, formatted: number(count), time: span(left) };
      return t(left > 0 ? 'operationWaitDelete' : 'operationWaitSoon', words);
    }
    case 'running': {
      const words = { done: number(operation.done), total: number(operation.total ?? 0), subject };
      return t(operation.kind === 'import_remote' && operation.total === null ? 'operationRunImportSome' : runs[operation.kind], words);
    }
    case 'done':
    case 'cancelled': {
      if (isUndone(operation)) return t('operationUndone');
      const keys = operation.state === 'done' ? ends : stops;
      const said = t(keys[operation.kind], { outcomes: outcomesText(operation, text), subject });
      return operation.problem === null ? said : `${said} · ${t('operationEndedEarly', { text: problem(operation.problem) })}`;
    }
    default:
      return assertNever(operation.state);
  }
};

/** From 0 to 1; null while nothing can be measured. */
export const operationProgress = ({ state, done, total }: Pick<Operation, 'state' | 'done' | 'total'>): number | null =>
  state !== 'running' || total === null || total === 0 ? null : Math.min(1, done / total);

export const operationTone = (operation: Operation): OutcomeWords['tone'] => {
  if (!ended(operation) || isUndone(operation)) return 'neutral';
  if (operation.problem !== null) return 'danger';
  const tones = outcomesOf(operation).map(({ outcome }) => outcomeWords[outcome].tone);
  return tones.includes('danger') ? 'danger' : tones.includes('warn') ? 'warn' : operation.state === 'cancelled' ? 'neutral' : 'ok';
};

/** The sentence under an item: the problem in words, else what its outcome means; null when the word says it all. */
export const itemText = (item: OperationItem, { t, problem }: Pick<Text, 't' | 'problem'>): string | null => {
  if (item.problem !== null) return problem(item.problem);
  const help = item.outcome === null ? null : outcomeWords[item.outcome].help;
  return help === null ? null : t(help);
};

/** The order of the bar: what can be undone first, then what runs, then what ended; the newest first in each. */
export const inBarOrder = (operations: readonly Operation[]): readonly Operation[] => {
  const rank = ({ state }: Operation): number => (state === 'waiting' ? 0 : state === 'running' ? 1 : 2);
  return [...operations].sort((a, b) => rank(a) - rank(b) || b.createdAt - a.createdAt);
};

/** What Ctrl/Cmd+Z undoes: the newest that waits. */
export const newestWaiting = (operations: readonly Operation[]): Operation | undefined => inBarOrder(operations).find(({ state }) => state === 'waiting');
