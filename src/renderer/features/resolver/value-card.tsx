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

type ValueBoxProps = { readonly label: string; readonly shown: unknown; readonly stacked: boolean; readonly short: boolean; readonly beside: boolean; readonly children: ReactNode };

/** A value with its own scrolling; what does not fit is reached by keys, too. In a column its height is that of some lines, however long it is. */
const ValueBox = ({ label, shown, stacked, short, beside, children }: ValueBoxProps) => {
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
      data-value
      {...(scrolls ? { role: 'group', 'aria-label': label } : {})}
      // One that has the keyboard keeps it, also when all of the next value fits.
      tabIndex={scrolls ? 0 : -1}
      className={clsx(
        'overflow-auto px-2.5 py-2 -outline-offset-2',
        // What goes on below fades out: half a line is none.
        scrolls && 'pb-5 [mask-image:linear-gradient(to_bottom,black_calc(100%-18px),transparent)] focus-visible:[mask-image:none]',
        stacked ? 'min-h-0 flex-1' : beside ? 'max-h-20 min-h-11 flex-auto @min-[620px]:max-h-none' : short ? 'min-h-11 flex-auto' : 'min-h-26 flex-[1_1_0px]',
        beside && !short && '@min-[620px]:min-h-26 @min-[620px]:flex-[1_1_0px]',
      )}
    >
      {children}
    </div>
  );
};

type Wide = ValueCardProps['wide'];

/** The result in a row of its own has its head beside the value: it is in sight below the sides. */
const isBeside = (stacked: boolean, wide: Wide): boolean => !stacked && wide === 'narrow';

const headLook = (stacked: boolean, wide: Wide): string =>
  clsx(
    'flex shrink-0 flex-col gap-1 border-line px-2.5 py-1.5 text-left',
    stacked
      ? 'w-48 rounded-l-m border-r'
      : isBeside(stacked, wide)
        ? 'w-36 rounded-l-m border-r @min-[620px]:h-17 @min-[620px]:w-auto @min-[620px]:rounded-l-none @min-[620px]:rounded-t-m @min-[620px]:border-r-0 @min-[620px]:border-b'
        : 'rounded-t-m border-b',
    // As high as those beside it, however much there is to say of one.
    !stacked && wide === undefined && 'h-17',
  );

const cardLook = (stacked: boolean, wide: Wide): string => {
  if (stacked) return 'min-h-14 shrink-0 flex-row';
  if (wide === 'always') return 'col-span-full flex-col';
  return wide === 'narrow' ? 'col-span-full min-h-14 flex-row @min-[620px]:col-span-1 @min-[620px]:flex-col' : 'flex-col';
};

/** One side's value, under who has it; its head takes it. */
export const ValueCard = ({ item, side, title, note, stacked, short, wide, take, children }: ValueCardProps) => {
  const { t } = useText();
  const [whole, setWhole] = useState(false);
  const value = item[side];
  const facts = useValueFacts()(value);
  const deletes = take !== null && value.type === 'absent';
  const beside = isBeside(stacked, wide);
  const headClass = headLook(stacked, wide);
  const head = (
    <>
      <span className="flex w-full items-center gap-2">
        <SideSign side={side} />
        <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
        {take === null ? null : take.taken ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : <Circle size={14} aria-hidden className="shrink-0 text-line-strong" />}
      </span>
      <span className={clsx('break-words text-small text-text-2', stacked ? 'line-clamp-4' : 'line-clamp-2')} title={note}>
        <WithDates text={note} />
      </span>
    </>
  );
  return (
    <section aria-label={title} className={clsx('flex min-w-0 rounded-m border bg-surface', cardLook(stacked, wide), stacked && children === undefined && 'max-h-72', take?.taken === true ? 'border-accent shadow-[0_0_0_1px_var(--accent)]' : 'border-line', side === 'result' && 'bg-bg')}>
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
      <div className={clsx('flex min-h-0 min-w-0 flex-col', stacked || children !== undefined ? 'flex-1' : beside ? 'flex-1 @min-[620px]:flex-[1_0_auto]' : 'flex-[1_0_auto]')}>
        {children === undefined ? (
          <ValueBox label={t('resolverValueOf', { side: title })} shown={value} stacked={stacked} short={short} beside={beside}>
            <ValueText value={value} deletes={deletes} />
          </ValueBox>
        ) : (
          <div className="flex-1 px-2.5 py-2">{children}</div>
        )}
        {children !== undefined || (facts.length === 0 && !value.cut) ? null : (
          <div className={clsx('num flex shrink-0 flex-wrap items-center gap-x-2 px-2.5 pb-1.5 text-small text-text-2', beside && !value.cut && 'hidden @min-[620px]:flex')}>
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
