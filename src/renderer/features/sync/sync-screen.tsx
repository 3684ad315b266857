import { CloudOff, CirclePause, CirclePlay, Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { documentId, documentName, nameOf, sameDocument, stateWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useApp, useSync, useSyncReady, useUi } from '../../stores/use-app';
import { Bar, Busy } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { AddDialog, type ToAdd } from './add-dialog';
import { BuiltInGroup } from './built-in-group';
import { DocumentPage } from './document-page';
import { DocumentsList } from './documents-list';
import { EmptySync } from './empty-sync';
import { FirstRunDialog } from './first-run-dialog';
import { FoundDocuments } from './found-documents';
import { useDocumentActions } from './use-document-actions';

/** Says of each document how it stands, whenever that changed. */
const SyncAnnouncer = () => {
  const text = useText();
  const documents = useSync((view) => view.documents);
  const [before, setBefore] = useState<ReadonlyMap<string, string> | null>(null);
  const [said, setSaid] = useState('');
  const settled = documents.filter(({ running }) => !running);
  const now = new Map(settled.map((one) => [documentId(one), stateWords(one, text)]));
  const changed = before === null ? [] : settled.filter((one) => before.has(documentId(one)) && before.get(documentId(one)) !== now.get(documentId(one)));
  const words = changed.map((one) => text.t('syncAnnounce', { name: documentName(one, text), state: stateWords(one, text) })).join(' ');
  const mark = [...now].join('\n');
  useEffect(() => {
    if (words !== '') setSaid(words);
    setBefore((last) => new Map([...(last ?? []), ...now]));
    // The words of all states are the whole of what is compared.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [mark]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
};

const StandingBars = () => {
  const { t } = useText();
  const attempt = useAttempt();
  const paused = useSync((view) => view.paused);
  const online = useSync((view) => view.online);
  return (
    <>
      {paused ? (
        <Bar
          tone="warn"
          icon={<CirclePause size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => void attempt('sync:pause-all', { paused: false })}>
              {t('syncResumeAll')}
            </Button>
          }
        >
          {t('syncAllPaused')}
        </Bar>
      ) : null}
      {online ? null : (
        <Bar tone="neutral" icon={<CloudOff size={16} aria-hidden />}>
          {t('syncOffline')}
        </Bar>
      )}
    </>
  );
};

const Overview = ({ onChoose, onAdd, onBegin }: { readonly onChoose: () => void; readonly onAdd: (file: ToAdd) => void; readonly onBegin: (document: SyncDocument) => void }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const documents = useSync((view) => view.documents);
  const paused = useSync((view) => view.paused);
  const ready = useSyncReady();
  const actions = useDocumentActions();
  const own = documents.filter(({ kind }) => kind === 'file');
  const builtIn = documents.filter(({ kind }) => kind !== 'file' && kind !== 'index');
  const any = own.length + builtIn.length > 0;
  return (
    <Page
      title={t('syncTitle')}
      actions={
        any ? (
          <>
            <IconButton label={t(paused ? 'syncResumeAll' : 'syncPauseAll')} onClick={() => void attempt('sync:pause-all', { paused: !paused })}>
              {paused ? <CirclePlay size={16} aria-hidden /> : <CirclePause size={16} aria-hidden />}
            </IconButton>
            <Button icon={<RefreshCw size={16} aria-hidden />} disabled={paused} onClick={() => void attempt('sync:run-all', undefined)}>
              {t('syncAllNow')}
            </Button>
            <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={onChoose}>
              {t('syncAdd')}
            </Button>
          </>
        ) : null
      }
    >
      {!ready ? (
        <div className="late p-6">
          <Busy text={t('syncOpening')} />
        </div>
      ) : (
        <div className="h-full overflow-y-auto">
          <div className={`mx-auto flex min-h-full max-w-240 flex-col p-4 pb-8 ${any ? 'gap-3' : ''}`}>
            {any || paused ? <StandingBars /> : null}
            {own.length > 0 ? <DocumentsList label={t('syncDocuments')} documents={own} actions={actions} onBegin={onBegin} /> : null}
            {any ? null : (
              <div className="flex-1">
                <EmptySync onChoose={onChoose} />
              </div>
            )}
            <FoundDocuments onAdd={onAdd} />
            <BuiltInGroup />
            {builtIn.length > 0 ? <DocumentsList label={t('syncOwnData')} documents={builtIn} actions={actions} onBegin={onBegin} /> : null}
          </div>
        </div>
      )}
    </Page>
  );
};

/** JSON documents that are kept the same on several devices: all of them, or one with its versions, devices and conflicts. */
export const SyncScreen = () => {
  const { ui, sync } = useApp();
  const call = useCall();
  const place = useUi((state) => state.syncPlace);
  const dropped = useUi((state) => state.syncDropped);
  const documents = useSync((view) => view.documents);
  const [queue, setQueue] = useState<{ readonly files: readonly ToAdd[]; readonly at: number }>({ files: [], at: 0 });
  const [begins, setBegins] = useState<SyncDocument | null>(null);
  const document = place.document === null ? undefined : documents.find((one) => sameDocument(one, place.document));
  const add = (files: readonly ToAdd[]): void => setQueue({ files, at: 0 });
  useEffect(() => sync.open(), [sync]);
  useEffect(() => {
    if (dropped.length === 0) return;
    ui.setState({ syncDropped: [] });
    setQueue({ files: dropped.map((path) => ({ path })), at: 0 });
  }, [dropped, ui]);
  const choose = async (): Promise<void> => {
    const paths = await call('sync:choose-files', undefined);
    if (paths !== undefined && paths.length > 0) add(paths.map((path) => ({ path })));
  };
  const file = queue.files[queue.at];
  const waits = begins === null ? undefined : documents.find((one) => sameDocument(one, nameOf(begins)));
  return (
    <>
      {place.document === null || document === undefined ? (
        <Overview onChoose={() => void choose()} onAdd={(one) => add([one])} onBegin={setBegins} />
      ) : (
        <DocumentPage key={documentId(document)} document={document} tab={place.tab} onBegin={setBegins} />
      )}
      {file === undefined ? null : (
        <AddDialog key={`${queue.at} ${file.path}`} file={file} at={queue.at + 1} total={queue.files.length} onNext={() => setQueue(({ files, at }) => ({ files, at: at + 1 }))} onClose={() => add([])} />
      )}
      {waits === undefined ? null : <FirstRunDialog key={documentId(waits)} document={waits} onClose={() => setBegins(null)} />}
      <SyncAnnouncer />
    </>
  );
};
