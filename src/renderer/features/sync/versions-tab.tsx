import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { SyncDocument, SyncVersionSide } from '../../../shared/model/sync';
import { createSyncHistory } from '../../stores/sync-history';
import { documentId, nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Busy } from '../../ui/bits';
import { useWidth } from '../../ui/use-width';
import { AwayNote, isAway } from './away-note';
import { ReadFailed } from './read-failed';
import { VersionList } from './version-list';
import { VersionPanel, type VersionView } from './version-panel';

const SIDE_FROM = 780;

/** A document's versions: the list, and beside it what was chosen in it. */
export const VersionsTab = ({ document }: { readonly document: SyncDocument }) => {
  const { t } = useText();
  const { client } = useApp();
  const id = documentId(document);
  // A document is another one when its name is, not with each change of its state.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const history = useMemo(() => createSyncHistory(client, nameOf(document)), [client, id]);
  const state = useStore(history.store);
  const [active, setActive] = useState<SyncVersionSide | null>(null);
  const [pinned, setPinned] = useState<SyncVersionSide | null>(null);
  const [view, setView] = useState<VersionView>('changes');
  /** Where there is no room beside the list: what was chosen covers it. */
  const [opened, setOpened] = useState<'not-yet' | 'open' | 'closed'>('not-yet');
  const [width, ref] = useWidth();
  const { version, lastSync } = document;
  useEffect(() => {
    void history.reload();
  }, [history, version, lastSync]);
  const wide = width >= SIDE_FROM;
  const newest = state.rows[0]?.version ?? null;
  const away = state.problem !== null && isAway(state.problem);
  const shown = active ?? newest ?? (away ? 'file' : null);
  if (!state.loaded)
    return (
      <div className="late p-6">
        <Busy text={t('syncVersionsReading')} />
      </div>
    );
  if (state.problem !== null && state.rows.length === 0 && !away) return <ReadFailed before={t('syncVersionsFailed')} problem={state.problem} onAgain={() => void history.reload()} />;
  if (state.rows.length === 0 && !away) return <p className="p-8 text-center text-text-2">{t('syncVersionsNone')}</p>;
  const list = (
    <VersionList
      document={document}
      history={history}
      active={shown}
      pinned={pinned}
      onActive={setActive}
      onPin={setPinned}
      takesFocus={opened === 'closed' && !wide}
      onOpen={() => setOpened('open')}
    />
  );
  const panel =
    shown === null ? null : (
      <VersionPanel
        document={document}
        history={history}
        active={shown}
        pinned={pinned}
        onPin={setPinned}
        view={view}
        onView={setView}
        onBack={wide ? null : () => setOpened('closed')}
      />
    );
  const note = !away ? null : (
    <div className="shrink-0 px-4 pb-2 pt-1">
      <AwayNote onAgain={() => void history.reload()}>{t(state.here || state.rows.length === 0 ? 'syncVersionsAway' : 'syncVersionsLast')}</AwayNote>
    </div>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {note}
      <div ref={ref} className="flex min-h-0 flex-1">
      {width === 0 ? null : wide ? (
        <>
          <div className="flex w-88 shrink-0 flex-col border-r border-line">{list}</div>
          <div className="min-w-0 flex-1">{panel}</div>
        </>
      ) : opened === 'open' ? (
        <div className="min-w-0 flex-1">{panel}</div>
      ) : (
        <div className="flex min-w-0 flex-1 flex-col">{list}</div>
      )}
      </div>
    </div>
  );
};

