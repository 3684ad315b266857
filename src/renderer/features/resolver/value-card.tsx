import clsx from 'clsx';
import { Check, Circle } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ItemView, ValueSide } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { WithDates } from '../../ui/bits';
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
  /** Whether it lies in a row of its own: always, or where four do not fit in one. */
  /** Its value and those beside it are a word or two. */
  readonly short: boolean;
  readonly wide?: 'always' | 'narrow';
  /** Null: it cannot be taken. */
  readonly take: { readonly taken: boolean; readonly tabIndex: number; readonly onTake: () => void } | null;
  /** Stands in for the value. */
  readonly children?: ReactNode;
};

type ValueBoxProps = { readonly label: string; readonly shown: unknown; readonly stacked: boolean; readonly short: boolean; readonly children: ReactNode };

/** A value with its own scrolling; what does not fit is reached by keys, too. In a column its height is that of some lines, however long it is. */
const ValueBox = ({ label, shown, stacked, short, children }: ValueBoxProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = (): void => setScrolls(element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [shown]);
  return (
    <div
      ref={box}
      {...(scrolls ? { role: 'group', 'aria-label': label } : {})}
      // One that has the keyboard keeps it, also when all of the next value fits.
      tabIndex={scrolls ? 0 : -1}
      className={clsx('overflow-auto px-2.5 py-2 -outline-offset-2', stacked ? 'min-h-0 flex-1' : short ? 'min-h-11 flex-auto' : 'min-h-26 flex-[1_1_0px]')}
    >
      {children}
    </div>
  );
};

/** One side's value, under who has it; its head takes it. */
export const ValueCard = ({ item, side, title, note, stacked, short, wide, take, children }: ValueCardProps) => {
  const { t } = useText();
  const [whole, setWhole] = useState(false);
  const value = item[side];
  const facts = useValueFacts()(value);
  const deletes = take !== null && value.type === 'absent';
  const headClass = clsx('flex shrink-0 flex-col gap-1 border-line px-2.5 py-2 text-left', stacked ? 'w-48 rounded-l-m border-r' : 'rounded-t-m border-b', !stacked && (wide === undefined ? 'min-h-23' : wide === 'narrow' ? '@min-[620px]:min-h-23' : ''));
  const head = (
    <>
      <span className="flex w-full items-center gap-2">
        <SideSign side={side} />
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        {take === null ? null : take.taken ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : <Circle size={14} aria-hidden className="shrink-0 text-line-strong" />}
      </span>
      <span className="line-clamp-4 break-words text-small text-text-2" title={note}>
        <WithDates text={note} />
      </span>
    </>
  );
  return (
    <section aria-label={title} className={clsx('flex min-w-0 rounded-m border bg-surface', stacked ? 'min-h-14 shrink-0 flex-row' : 'flex-col', stacked && children === undefined && 'max-h-72', !stacked && wide === 'always' && 'col-span-full', !stacked && wide === 'narrow' && 'col-span-full @min-[620px]:col-span-1', take?.taken === true ? 'border-accent shadow-[0_0_0_1px_var(--accent)]' : 'border-line', side === 'result' && 'bg-bg')}>
      {take === null ? (
        <div className={headClass}>{head}</div>
      ) : (
        <button
          type="button"
          role="radio"
          aria-checked={take.taken}
          aria-label={t('resolverTake', { side: title, value: value.type === 'absent' ? t('resolverAbsent') : value.type === 'string' ? JSON.stringify(value.text.slice(0, 120)) : value.text.slice(0, 120) })}
          data-choice={side}
          tabIndex={take.tabIndex}
          onClick={take.onTake}
          className={clsx(headClass, '-outline-offset-2 hover:bg-hover', take.taken && 'bg-accent-soft')}
        >
          {head}
        </button>
      )}
      <div className={clsx('flex min-h-0 min-w-0 flex-col', stacked || children !== undefined ? 'flex-1' : 'flex-[1_0_auto]')}>
        {children === undefined ? (
          <ValueBox label={t('resolverValueOf', { side: title })} shown={value} stacked={stacked} short={short}>
            <ValueText value={value} deletes={deletes} />
          </ValueBox>
        ) : (
          <div className="flex-1 px-2.5 py-2">{children}</div>
        )}
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
