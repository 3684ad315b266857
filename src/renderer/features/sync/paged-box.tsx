import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Pages } from '../../stores/pages';
import { useText } from '../../stores/text';
import { Busy } from '../../ui/bits';
import { ReadFailed } from './read-failed';

type PagedBoxProps<T> = {
  readonly pages: Pages<T>;
  readonly label: string;
  /** Height of a row in pixels, before it is measured. */
  readonly height: number;
  /** Rows drawn beyond what is in sight. */
  readonly overscan: number;
  readonly className: string;
  readonly innerClassName?: string;
  /** Draws the rows in sight; those that are not read yet are missing from `rows`. */
  readonly children: (parts: { readonly virtualizer: Virtualizer<HTMLDivElement, Element>; readonly rows: ReadonlyMap<number, T>; readonly total: number }) => ReactNode;
};

/** A list of differences that is read in pages as it is scrolled. */
export const PagedBox = <T,>({ pages, label, height, overscan, className, innerClassName, children }: PagedBoxProps<T>) => {
  const { t } = useText();
  const { loaded, problem, total, rows } = useStore(pages.store);
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: total, getScrollElement: () => box.current, estimateSize: () => height, overscan });
  const from = virtualizer.range?.startIndex ?? 0;
  const to = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    void pages.want(from, to);
  }, [pages, from, to]);
  if (!loaded)
    return (
      <div className="late p-4">
        <Busy text={t('syncVersionsReading')} />
      </div>
    );
  if (problem !== null) return <ReadFailed before={t('syncChangesFailed')} problem={problem} onAgain={() => void pages.refresh()} />;
  if (total === 0) return <p className="p-8 text-center text-text-2">{t('syncPathsNone')}</p>;
  return (
    <div ref={box} role="list" aria-label={label} tabIndex={0} className={className}>
      <div role="presentation" className={clsx('relative', innerClassName)} style={{ height: virtualizer.getTotalSize() }}>
        {children({ virtualizer, rows, total })}
      </div>
    </div>
  );
};
