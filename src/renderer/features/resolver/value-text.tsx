import clsx from 'clsx';
import type { ShownValue } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';

/** What a side has at a place; what differs from the base is marked by line and colour. */
export const ValueText = ({ value, deletes }: { readonly value: ShownValue; readonly deletes: boolean }) => {
  const { t } = useText();
  if (value.type === 'absent') {
    return (
      <p className="text-text-2 italic">
        {t('resolverAbsent')} {deletes ? t('resolverTakesAway') : null}
      </p>
    );
  }
  if (value.type === 'string' && value.text === '') return <p className="text-text-2 italic">{t('resolverEmptyText')}</p>;
  const isText = value.type === 'string';
  return (
    <div className={clsx('said whitespace-pre-wrap break-words', isText ? '' : 'font-mono text-small')}>
      {value.spans === null
        ? value.text
        : value.spans.map((span, index) => (span.same ? <span key={index}>{span.text}</span> : <mark key={index} className="rounded-s bg-warn-soft text-text underline decoration-warn decoration-2 underline-offset-2">{span.text}</mark>))}
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
