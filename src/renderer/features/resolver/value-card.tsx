import clsx from 'clsx';
import { Check, Circle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ItemView, ValueSide } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { Button } from '../../ui/button';
import { SideSign } from './state-sign';
import { useValueFacts, ValueText } from './value-text';
import { WholeValue } from './whole-value';

type ValueCardProps = {
  readonly item: ItemView;
  readonly side: ValueSide;
  readonly title: string;
  readonly note: string;
  /** The value lies beside its head, and not below. */
  readonly stacked: boolean;
  /** Null: it cannot be taken. */
  readonly take: { readonly taken: boolean; readonly tabIndex: number; readonly onTake: () => void } | null;
  /** Stands in for the value. */
  readonly children?: ReactNode;
};

/** One side's value, under who has it; its head takes it. */
export const ValueCard = ({ item, side, title, note, stacked, take, children }: ValueCardProps) => {
  const { t } = useText();
  const [whole, setWhole] = useState(false);
  const value = item[side];
  const facts = useValueFacts()(value);
  const deletes = take !== null && value.type === 'absent';
  const headClass = clsx('flex shrink-0 flex-col gap-1 border-line px-2.5 py-2 text-left', stacked ? 'w-48 rounded-l-m border-r' : 'min-h-19 rounded-t-m border-b');
  const head = (
    <>
      <span className="flex w-full items-center gap-2">
        <SideSign side={side} />
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        {take === null ? null : take.taken ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : <Circle size={14} aria-hidden className="shrink-0 text-line-strong" />}
      </span>
      <span className="line-clamp-2 break-words text-small text-text-2" title={note}>
        {note}
      </span>
    </>
  );
  return (
    <section aria-label={title} className={clsx('flex min-w-0 rounded-m border bg-surface', stacked ? 'max-h-72 min-h-14 shrink-0 flex-row' : 'min-h-24 flex-col', take?.taken === true ? 'border-accent shadow-[0_0_0_1px_var(--accent)]' : 'border-line', side === 'result' && 'bg-bg')}>
      {take === null ? (
        <div className={headClass}>{head}</div>
      ) : (
        <button
          type="button"
          role="radio"
          aria-checked={take.taken}
          aria-label={t('resolverTake', { side: title, value: value.type === 'absent' ? t('resolverAbsent') : value.text.slice(0, 120) })}
          data-choice={side}
          tabIndex={take.tabIndex}
          onClick={take.onTake}
          className={clsx(headClass, '-outline-offset-2 hover:bg-hover', take.taken && 'bg-accent-soft')}
        >
          {head}
        </button>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="min-h-0 flex-1 overflow-auto px-2.5 py-2" tabIndex={-1}>
          {children ?? <ValueText value={value} deletes={deletes} />}
        </div>
        {children !== undefined || (facts.length === 0 && !value.cut) ? null : (
          <div className="num flex shrink-0 flex-wrap items-center gap-x-2 px-2.5 pb-1.5 text-small text-text-2">
            {facts.join(' · ')}
            {value.cut ? (
              <Button size="s" look="quiet" className="ml-auto" onClick={() => setWhole(true)}>
                {t('resolverShowWhole')}
              </Button>
            ) : null}
          </div>
        )}
      </div>
      {whole ? <WholeValue item={item} side={side} title={title} onClose={() => setWhole(false)} /> : null}
    </section>
  );
};
