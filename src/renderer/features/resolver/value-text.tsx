import clsx from 'clsx';
import { Fragment, type ReactNode } from 'react';
import type { ShownValue } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { shownRuns } from './shown-runs';

const Run = ({ text, first, last }: { readonly text: string; readonly first: boolean; readonly last: boolean }): ReactNode =>
  shownRuns(text, first, last).map(({ shown, sign }, index) =>
    sign ? (
      <span key={index} className="text-text-2" data-testid="blank">
        {shown}
      </span>
    ) : (
      <Fragment key={index}>{shown}</Fragment>
    ),
  );

/** A text in its quotes, so that it cannot be taken for a number or a word of JSON; what cannot be seen in it has a sign. */
const QuotedText = ({ value }: { readonly value: ShownValue }) => {
  const spans = value.spans ?? [{ text: value.text, same: true }];
  const quote = <span className="text-text-2">&quot;</span>;
  return (
    <>
      {value.skipped > 0 ? '…' : quote}
      {spans.map((span, index) => {
        const run = <Run text={span.text} first={index === 0 && value.skipped === 0} last={index === spans.length - 1 && !value.cut} />;
        return span.same ? (
          <Fragment key={index}>{run}</Fragment>
        ) : (
          <mark key={index} data-differs className="rounded-s bg-warn-soft text-text underline decoration-warn decoration-2 underline-offset-2">
            {run}
          </mark>
        );
      })}
      {value.cut ? '…' : quote}
    </>
  );
};

/** What a side has at a place, as JSON; what differs from the base is marked by line and colour. */
export const ValueText = ({ value, deletes }: { readonly value: ShownValue; readonly deletes: boolean }) => {
  const { t } = useText();
  if (value.type === 'absent') {
    return (
      <p className="text-text-2 italic">
        {t('resolverAbsent')} {deletes ? t('resolverTakesAway') : null}
      </p>
    );
  }
  if (value.type === 'string') {
    return (
      <div className="said whitespace-pre-wrap break-words">
        <QuotedText value={value} />
        {value.text === '' ? <span className="ml-2 text-text-2 italic">{t('resolverEmptyText')}</span> : null}
      </div>
    );
  }
  const isContainer = value.type === 'array' || value.type === 'object';
  return (
    <div className={clsx('said font-mono whitespace-pre-wrap break-words', isContainer && 'text-small')}>
      {value.text}
      {value.cut ? '…' : null}
    </div>
  );
};

/** How large a value is, and by how much a number differs. */
export const useValueFacts = (): ((value: ShownValue) => readonly string[]) => {
  const { t, number } = useText();
  return (value) => [
    ...(value.delta === null ? [] : [`Δ ${value.delta}`]),
    ...(value.type === 'array' || value.type === 'object' ? [t('resolverMembers', { count: value.size, formatted: number(value.size) })] : []),
    ...(value.lines > 1 ? [t('resolverLines', { count: value.lines, formatted: number(value.lines) })] : []),
    ...(value.type === 'string' && value.size > 40 ? [t('resolverCharacters', { count: value.size, formatted: number(value.size) })] : []),
  ];
};
