import { TriangleAlert } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { SyncChange, SyncDocument, SyncPath, SyncRestorePlan } from '../../../shared/model/sync';
import { MOST_PATHS } from '../../../shared/model/sync-limits';
import { createPages } from '../../stores/pages';
import { useSay } from '../../stores/said';
import { documentId, documentName, nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useCall, useTell } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { useTakeBack } from '../../stores/use-take-back';
import { Bar, Busy } from '../../ui/bits';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { ChangeRow } from './change-row';
import { PagedBox } from './paged-box';
import { ReadFailed } from './read-failed';

type RestoreProps = { readonly document: SyncDocument; readonly version: number; readonly onClose: () => void };

const PAGE = 100;
const ROW = 64;

/** What becomes of a file with no document in it. */
const INSTEAD = { broken: 'syncRestoreBroken', 'no-text': 'syncRestoreNoText', gone: 'syncRestoreGone' } as const;

/** What came of a restore of everything, and of some places. */
const WHOLE = { sent: 'syncRestored', same: 'syncRestoredSame', waiting: 'syncRestoredWaiting' } as const;
const PLACES = { sent: 'syncRestoredPlaces', same: 'syncRestoredPlacesSame', waiting: 'syncRestoredPlacesWaiting' } as const;

/** `all` but these, or these only, by their place in the list. */
type Picked = { readonly all: boolean; readonly but: ReadonlySet<number> };
const EVERYTHING: Picked = { all: true, but: new Set() };

/** What a restore would change, in pages, and how many unsent edits it would replace. */
const usePlan = (document: SyncDocument, version: number) => {
  const { client } = useApp();
  const { account, fileKey } = document;
  const [{ replaced, instead }, setFound] = useState<Pick<SyncRestorePlan, 'replaced' | 'instead'>>({ replaced: 0, instead: null });
  const plan = useMemo(() => {
    const read = async (offset: number, limit: number) => {
      const found = await client.call('sync:restore-plan', { document: { account, fileKey }, version, paths: null, offset, limit });
      setFound(found);
      return { rows: found.diff.changes, total: found.diff.total };
    };
    return { read, pages: createPages<SyncChange>(PAGE, read) };
  }, [client, account, fileKey, version]);
  useEffect(() => {
    void plan.pages.want(0, PAGE - 1);
  }, [plan]);
  return { ...plan, replaced, instead };
};

/** What a restore would change, place by place, to be taken whole or in part; always as a new version. */
export const RestoreDialog = ({ document, version, onClose }: RestoreProps) => {
  const text = useText();
  const { t, number } = text;
  const call = useCall();
  const takeBack = useTakeBack();
  const tell = useTell();
  const say = useSay();
  const name = useId();
  const { pages, read, replaced, instead } = usePlan(document, version);
  const { total, loaded, problem } = useStore(pages.store);
  const [{ all, but }, setPicked] = useState(EVERYTHING);
  const [note, setNote] = useState(t('syncRestoreNote', { version }));
  const [busy, setBusy] = useState(false);
  const count = all ? total - but.size : but.size;
  const tooMany = count < total && count > MOST_PATHS;
  /** Null: everywhere. What is left out of all has to be named by what stays, which is read to the end. */
  const pathsOf = async (): Promise<SyncPath[] | null> => {
    if (count === total) return null;
    if (!all) return [...but].flatMap((index) => { const path = pages.store.getState().rows.get(index)?.path; return path === undefined ? [] : [path]; });
    const paths: SyncPath[] = [];
    for (let offset = 0; offset < total; offset += 500) (await read(offset, 500)).rows.forEach(({ path }, index) => (but.has(offset + index) ? undefined : paths.push(path)));
    return paths;
  };
  const restore = async (): Promise<void> => {
    setBusy(true);
    const before = document.version;
    const paths = await pathsOf().catch(tell);
    const done = paths === undefined ? undefined : await call('sync:restore', { document: nameOf(document), version, paths, note: note.trim() });
    setBusy(false);
    if (done === undefined) return;
    onClose();
    const sent = done.version !== null && done.version !== before;
    const words = paths === null ? WHOLE : PLACES;
    const params = { version, as: done.version ?? 0, count, formatted: number(count) };
    say({
      title: { key: sent ? words.sent : done.state === 'up-to-date' ? words.same : words.waiting, params },
      action: { label: { key: 'syncRemovedUndo' }, onPress: () => void takeBack(nameOf(document), documentName(document, text)) },
      about: documentId(document),
    });
  };
  const toggle = (index: number): void =>
    setPicked(({ all: every, but: except }) => {
      const next = new Set(except);
      if (!next.delete(index)) next.add(index);
      return { all: every, but: next };
    });
  return (
    <FormDialog
      title={t('syncRestoreTitle', { version })}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={instead === null ? (count === 0 ? t('syncRestoreGo') : t('syncRestoreConfirm', { count, formatted: number(count) })) : t('syncRestoreWhole', { version })}
      ready={loaded && (count > 0 || instead !== null) && !tooMany && !busy}
      aside={loaded ? null : <Busy text={t('syncRestoreReading')} />}
      onSubmit={() => void restore()}
      onClose={onClose}
    >
      {loaded && problem === null && total === 0 ? <p>{t(instead === null ? 'syncRestoreNothing' : INSTEAD[instead], { version })}</p> : null}
      {loaded && problem !== null ? <ReadFailed before={t('syncChangesFailed')} problem={problem} onAgain={() => void pages.refresh()} /> : null}
      {total === 0 || problem !== null ? null : (
        <>
          <p className="said text-text-2">{t('syncRestoreText')}</p>
          {replaced > 0 ? (
            <Bar tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
              {t('syncRestoreReplaced', { count: replaced, formatted: number(replaced) })}
            </Bar>
          ) : null}
          <div className="rounded-s border border-line">
            <label className="flex min-h-9 items-center gap-2.5 border-b border-line px-3 font-medium">
              <input type="checkbox" ref={(box) => { if (box !== null) box.indeterminate = count > 0 && count < total; }} checked={count === total} onChange={() => setPicked({ all: count !== total, but: new Set() })} className="accent-accent" />
              {t('syncRestoreAll')}
            </label>
            <PagedBox pages={pages} label={t('syncChangesList')} height={ROW} overscan={4} className="max-h-64 overflow-y-auto focus-visible:-outline-offset-2">
              {({ virtualizer, rows }) =>
                virtualizer.getVirtualItems().map((row) => {
                  const change = rows.get(row.index);
                  const id = `${name}-${String(row.index)}`;
                  return (
                    <div key={row.key} role="listitem" aria-setsize={total} aria-posinset={row.index + 1} data-index={row.index} ref={virtualizer.measureElement} className="absolute inset-x-0 top-0 flex min-h-10 items-start" style={{ transform: `translateY(${String(row.start)}px)` }}>
                      {change === undefined ? null : (
                        <>
                          <input type="checkbox" id={id} aria-labelledby={`${id}-what`} checked={all !== but.has(row.index)} onChange={() => toggle(row.index)} className="ml-3 mt-3.5 accent-accent" />
                          <div id={`${id}-what`} className="min-w-0 flex-1">
                            <ChangeRow change={change} />
                          </div>
                        </>
                      )}
                    </div>
                  );
                })
              }
            </PagedBox>
          </div>
          {count === 0 ? (
            <p role="status" className="text-small text-text-2">
              {t('syncRestoreNoneChosen')}
            </p>
          ) : null}
          {tooMany ? <p className="text-small text-danger">{t('syncRestoreMany', { most: number(MOST_PATHS) })}</p> : null}
          <Field label={t('syncNote')}>
            <Input value={note} onChange={setNote} maxLength={300} />
          </Field>
        </>
      )}
    </FormDialog>
  );
};
