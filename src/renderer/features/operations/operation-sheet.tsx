import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { ClipboardList } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ItemOutcome, Operation, OperationItem } from '../../../shared/model/operation';
import { createOperationItems, type OperationItems } from '../../stores/operation-items';
import { canRetry, itemText, operationText, outcomesOf, outcomeWords, sheetTitles } from '../../stores/operation-words';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Badge } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { operationReport } from './operation-report';

const ROW = 40;

const Filter = ({ operation, value, onChange }: { readonly operation: Operation; readonly value: ItemOutcome | null; readonly onChange: (value: ItemOutcome | null) => void }) => {
  const { t, number } = useText();
  const chip = (outcome: ItemOutcome | null, label: string) => (
    <button
      key={outcome ?? 'all'}
      type="button"
      aria-pressed={value === outcome}
      onClick={() => onChange(outcome)}
      className={clsx(
        'num h-7 rounded-full border px-2.5 text-small',
        value === outcome ? 'border-transparent bg-accent-soft font-medium text-accent' : 'border-line text-text-2 hover:bg-hover hover:text-text',
      )}
    >
      {label}
    </button>
  );
  return (
    <div role="group" aria-label={t('operationFilter')} className="flex flex-wrap gap-1.5">
      {chip(null, t('operationAll'))}
      {outcomesOf(operation).map(({ outcome, count }) => chip(outcome, t(outcomeWords[outcome].counted, { count, formatted: number(count) })))}
    </div>
  );
};

const Row = ({ item }: { readonly item: OperationItem }) => {
  const text = useText();
  const words = item.outcome === null ? null : outcomeWords[item.outcome];
  const why = itemText(item, text);
  const detail = item.problem?.detail ?? null;
  return (
    <div className="flex flex-col gap-0.5 border-t border-line px-1 py-2">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate" title={item.name}>
          {item.name}
        </span>
        <Badge tone={words?.tone ?? 'neutral'}>{text.t(words?.one ?? 'itemWaiting')}</Badge>
      </div>
      {why === null ? null : <span className="said text-small text-text-2">{why}</span>}
      {detail === null ? null : <code className="said font-mono text-small text-text-2">{detail}</code>}
    </div>
  );
};

const Items = ({ items }: { readonly items: OperationItems }) => {
  const { t, problem, sentences } = useText();
  const state = useStore(items.store);
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: state.total, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 8 });
  const from = virtualizer.range?.startIndex ?? 0;
  const to = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    void items.want(from, to);
  }, [items, from, to]);
  if (state.problem !== null)
    return (
      <div role="alert" className="flex flex-1 flex-col items-center justify-center gap-2 text-text-2">
        {sentences(t('operationItemsFailed'), problem(state.problem))}
        <Button size="s" onClick={() => void items.refresh()}>
          {t('tryAgain')}
        </Button>
      </div>
    );
  if (state.loaded && state.total === 0) return <p className="flex flex-1 items-center justify-center text-text-2">{t('operationNoItems')}</p>;
  return (
    <div ref={box} role="list" aria-label={t('operationItems')} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = state.items.get(row.index);
          return (
            <div
              key={row.key}
              role="listitem"
              aria-setsize={state.total}
              aria-posinset={row.index + 1}
              data-index={row.index}
              ref={virtualizer.measureElement}
              className="absolute inset-x-0 top-0 min-h-10"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {item === undefined ? null : <Row item={item} />}
            </div>
          );
        })}
      </div>
    </div>
  );
};

/** Every item of an operation with its true outcome, and what can still be done. */
export const OperationSheet = ({ operation, onClose }: { readonly operation: Operation; readonly onClose: () => void }) => {
  const text = useText();
  const { t } = text;
  const { client } = useApp();
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const [items] = useState(() => createOperationItems(client, operation.id));
  const outcome = useStore(items.store, (state) => state.outcome);
  useEffect(() => {
    void items.refresh();
  }, [items, operation.done, operation.state]);
  const copy = async (): Promise<void> => {
    const all = await items.all();
    if (await attempt('clipboard:copy-text', { text: operationReport(operation, all, text) })) say({ title: { key: 'operationReportCopied' } });
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t(sheetTitles[operation.kind])}
      closeLabel={t('close')}
      footer={
        <>
          <Button icon={<ClipboardList size={14} aria-hidden />} className="mr-auto" onClick={() => void copy()}>
            {t('operationCopyReport')}
          </Button>
          {canRetry(operation) ? <Button onClick={() => void call('operations:retry', { id: operation.id })}>{t(operation.kind === 'check_links' ? 'operationRetryCheck' : 'operationRetry')}</Button> : null}
          <Button look="primary" onClick={onClose}>
            {t('close')}
          </Button>
        </>
      }
    >
      <div className="flex h-[52vh] flex-col gap-3">
        <p role="status" className="said num">
          {operationText(operation, operation.createdAt, text)}
        </p>
        <Filter operation={operation} value={outcome} onChange={(next) => void items.setOutcome(next)} />
        <Items items={items} />
      </div>
    </Dialog>
  );
};
