import { ArrowLeft, Copy, Download, GitCompareArrows, MoreHorizontal, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { SyncDocument, SyncVersionRow, SyncVersionSide } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import type { SyncHistory } from '../../stores/sync-history';
import { inOrder, nameOf, sideWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { Button, IconButton } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { Segmented } from '../../ui/tabs';
import { ChangesView } from './changes-view';
import { makerWords } from './device-words';
import { DocumentView, LinesView } from './lines-view';
import { RestoreDialog } from './restore-dialog';
import { VersionMarks } from './version-marks';

const icon = { size: 14, 'aria-hidden': true } as const;

export type VersionView = 'changes' | 'lines' | 'document';

type PanelProps = {
  readonly document: SyncDocument;
  readonly history: SyncHistory;
  readonly active: SyncVersionSide;
  readonly pinned: SyncVersionSide | null;
  readonly onPin: (side: SyncVersionSide | null) => void;
  /** How a version was looked at last: it stays while the window is made wider or narrower. */
  readonly view: VersionView;
  readonly onView: (view: VersionView) => void;
  /** Leads back to the list where it is not beside the panel. */
  readonly onBack: (() => void) | null;
};


/** What a side is compared with when a person chose nothing: what it was made on; where only what is `kept` here can be had, the one before. */
const beforeOf = (active: SyncVersionSide, row: SyncVersionRow | undefined, document: SyncDocument, kept: readonly SyncVersionRow[] | null): SyncVersionSide | null => {
  if (active === 'file') return document.version;
  if (kept !== null) return kept.find(({ version }) => version < active)?.version ?? null;
  const [made] = [...(row?.parents ?? [])].sort((a, b) => b - a);
  return made ?? (active > 1 ? active - 1 : null);
};

const Title = ({ own, active, compared }: { readonly own: boolean; readonly active: SyncVersionSide; readonly compared: string | null }) => {
  const { t } = useText();
  return (
    <h2 className="num flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-2 text-lead font-semibold">
      {compared === null ? null : <GitCompareArrows size={16} aria-hidden />}
      <span className="whitespace-nowrap">{compared ?? (active === 'file' ? t(own ? 'syncOwnNow' : 'syncFileNow') : t('syncVersionNumber', { version: active }))}</span>
    </h2>
  );
};

/** Who made a version, when and why. */
const Maker = ({ row, newest }: { readonly row: SyncVersionRow; readonly newest: boolean }) => {
  const text = useText();
  return (
    <p className="said num flex basis-full flex-wrap items-center gap-x-1.5 gap-y-1 text-small text-text-2">
      <VersionMarks row={row} newest={newest} />
      <span className="min-w-0">
        {[makerWords(row, text), row.createdAt === null ? '' : text.moment(row.createdAt), row.note].filter((part) => part !== '').join(' · ')}
      </span>
    </p>
  );
};

/** One version, or two side by side: what changed by place or by line, the document itself, and the ways back to it. */
export const VersionPanel = ({ document, history, active, pinned, onPin, view: chosen, onView, onBack }: PanelProps) => {
  const text = useText();
  const { t } = text;
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const rows = useStore(history.store, (state) => state.rows);
  const newest = useStore(history.store, (state) => state.currentVersion);
  const here = useStore(history.store, (state) => state.here);
  const [restoring, setRestoring] = useState(false);
  const row = active === 'file' ? undefined : rows.find(({ version }) => version === active);
  const isPair = pinned !== null && pinned !== active;
  const other = isPair ? pinned : beforeOf(active, row, document, here ? rows : null);
  const sides = other === null ? null : inOrder(other, active);
  const views = [
    ...(sides === null ? [] : ([{ value: 'changes', label: t('syncViewChanges') }, { value: 'lines', label: t('syncViewLines') }] as const)),
    ...(isPair ? [] : ([{ value: 'document', label: t('syncViewDocument') }] as const)),
  ];
  const view = views.some(({ value }) => value === chosen) ? chosen : (views[0]?.value ?? 'document');
  const name = nameOf(document);
  const compared = isPair && sides !== null ? t('syncCompareTitle', { before: sideWords(sides[0], text), after: sideWords(sides[1], text) }) : null;
  const copy = async (): Promise<void> => {
    if (await attempt('sync:copy', { document: name, side: active })) say({ title: { key: 'syncCopied' } });
  };
  const save = async (): Promise<void> => {
    const saved = await call('sync:export', { document: name, side: active });
    if (saved !== undefined && saved !== null) say({ title: { key: 'syncExported' }, notes: [{ plain: saved.path }] });
  };
  const key = `${String(sides?.[0])} ${String(active)} ${String(document.lastSync)} ${String(document.waiting)}`;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2">
        {onBack === null ? null : (
          <IconButton autoFocus label={t('syncBackToVersions')} onClick={onBack}>
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
        )}
        <Title own={document.kind !== 'file'} active={active} compared={compared} />
        <span className="ml-auto flex flex-wrap items-center gap-1.5">
          {isPair ? (
            <Button size="s" onClick={() => onPin(null)}>
              {t('syncUnpin')}
            </Button>
          ) : (
            <>
              {pinned === active ? null : (
                <Button size="s" look="quiet" icon={<GitCompareArrows {...icon} />} onClick={() => onPin(active)}>
                  {t('syncPin')}
                </Button>
              )}
              {active === 'file' ? null : (
                <Button size="s" icon={<RotateCcw {...icon} />} onClick={() => setRestoring(true)}>
                  {t('syncRestore')}
                </Button>
              )}
              <Menu
                entries={[
                  { label: t('syncCopy'), icon: <Copy {...icon} />, onSelect: () => void copy() },
                  { label: t('syncExport'), icon: <Download {...icon} />, onSelect: () => void save() },
                ]}
                trigger={
                  <IconButton size="s" label={t('syncMore')}>
                    <MoreHorizontal {...icon} />
                  </IconButton>
                }
              />
            </>
          )}
        </span>
        {row === undefined || isPair ? null : <Maker row={row} newest={active === newest} />}
      </header>
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-4 pb-2 empty:pb-0">
        {views.length > 1 ? <Segmented label={t('syncViews')} value={view} options={views} onChange={onView} /> : null}
        {pinned === active ? (
          <span role="status" className="text-small text-text-2">
            {t('syncPinned')}
          </span>
        ) : view === 'document' || sides === null || isPair ? null : <span className="text-small text-text-2">{t('syncAgainst', { other: sideWords(sides[0], text) })}</span>
        }
      </div>
      <div className="min-h-0 flex-1">
        {view === 'document' || sides === null ? (
          <DocumentView key={`d ${key}`} document={name} side={active} />
        ) : view === 'changes' ? (
          <ChangesView key={`c ${key}`} document={name} before={sides[0]} after={sides[1]} />
        ) : (
          <LinesView key={`l ${key}`} document={name} before={sides[0]} after={sides[1]} />
        )}
      </div>
      {restoring && active !== 'file' ? <RestoreDialog document={document} version={active} onClose={() => setRestoring(false)} /> : null}
    </div>
  );
};
