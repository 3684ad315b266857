import { Download, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { SyncCopy, SyncDocument } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { copyWords, documentId, documentName, nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useTakeBack } from '../../stores/use-take-back';
import { Busy } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Segmented } from '../../ui/tabs';
import { ChangesView } from './changes-view';
import { DocumentView, LinesView } from './lines-view';
import { ReadFailed } from './read-failed';
import { useRead } from './use-read';

const icon = { size: 14, 'aria-hidden': true } as const;

type View = 'changes' | 'lines' | 'document';

/** The copies to choose from: arrows move, as in any list of radio buttons. */
const CopyList = ({ copies, chosen, onChoose }: { readonly copies: readonly SyncCopy[]; readonly chosen: string; readonly onChoose: (id: string) => void }) => {
  const text = useText();
  return (
    <div role="radiogroup" aria-label={text.t('syncCopiesList')} className="max-h-52 min-h-0 overflow-y-auto rounded-s border border-line">
      {copies.map((copy) => {
        const { whose, why } = copyWords(copy, text);
        return (
          <label key={copy.id} className="flex min-h-9 items-baseline gap-2.5 border-t border-line px-3 py-1.5 first:border-t-0 has-checked:bg-accent-soft">
            <input type="radio" name="copy" autoFocus={copy.id === chosen} checked={copy.id === chosen} onChange={() => onChoose(copy.id)} className="translate-y-0.5 accent-accent" />
            <span className="min-w-0 flex-1">
              <span className="font-medium">{whose}</span>
              {why === null ? null : <span className="text-text-2"> · {why}</span>}
            </span>
            <span className="num shrink-0 text-right text-small text-text-2" title={text.timeLong(copy.at)}>
              {text.moment(copy.at)} · {text.bytes(copy.bytes)}
            </span>
          </label>
        );
      })}
    </div>
  );
};

/** One copy: what putting it back would change in the file, or the copy itself. */
const CopyLook = ({ document, id }: { readonly document: SyncDocument; readonly id: string }) => {
  const { t } = useText();
  const [view, setView] = useState<View>('changes');
  const name = nameOf(document);
  const side = `copy:${id}` as const;
  const views = [
    { value: 'changes', label: t('syncViewChanges') },
    { value: 'lines', label: t('syncViewLines') },
    { value: 'document', label: t('syncViewDocument') },
  ] as const;
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Segmented label={t('syncViews')} value={view} options={views} onChange={setView} />
        {view === 'document' ? null : <span className="text-small text-text-2">{t('syncCopyAgainst')}</span>}
      </div>
      <div className="mt-2 h-[38vh] min-h-32 overflow-hidden rounded-s border border-line">
        {view === 'document' ? (
          <DocumentView key={id} document={name} side={side} />
        ) : view === 'changes' ? (
          <ChangesView key={id} document={name} before="file" after={side} />
        ) : (
          <LinesView key={id} document={name} before="file" after={side} />
        )}
      </div>
    </>
  );
};

/** What was kept of a document before something was written over it: to look at, to put back, to find on the disk. */
export const CopiesDialog = ({ document, onClose }: { readonly document: SyncDocument; readonly onClose: () => void }) => {
  const text = useText();
  const { t } = text;
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const takeBack = useTakeBack();
  const name = nameOf(document);
  const { read, again } = useRead('sync:copies', { document: name });
  const [picked, setPicked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const copies = read.at === 'read' ? read.value : [];
  const chosen = copies.find(({ id }) => id === picked) ?? copies[0];
  const putBack = async (id: string): Promise<void> => {
    setBusy(true);
    const done = await call('sync:put-back', { document: name, id });
    setBusy(false);
    if (done === undefined) return;
    if (done === null) return say({ title: { key: 'syncCopySame' } });
    onClose();
    say({
      title: { key: done.state === 'up-to-date' ? 'syncCopyBack' : 'syncCopyBackWaiting', params: { name: documentName(document, text) } },
      action: { label: { key: 'syncRemovedUndo' }, onPress: () => void takeBack(name, documentName(document, text)) },
      about: documentId(document),
    });
  };
  const save = async (id: string): Promise<void> => {
    const saved = await call('sync:export', { document: name, side: `copy:${id}` });
    if (saved !== undefined && saved !== null) say({ title: { key: 'syncExported' }, notes: [{ plain: saved.path }] });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('syncCopiesTitle', { name: documentName(document, text) })}
      closeLabel={t('close')}
      wide
      footer={
        chosen === undefined ? undefined : (
          <>
            {busy ? <Busy text={t('syncCopyBusy')} /> : null}
            <Button look="quiet" icon={<FolderOpen {...icon} />} onClick={() => void attempt('sync:show-copy', { document: name, id: chosen.id })}>
              {t('syncCopyFolder')}
            </Button>
            <Button icon={<Download {...icon} />} onClick={() => void save(chosen.id)}>
              {t('syncExport')}
            </Button>
            <Button look="primary" disabled={busy} onClick={() => void putBack(chosen.id)}>
              {t('syncCopyPutBack')}
            </Button>
          </>
        )
      }
    >
      {read.at === 'reading' ? (
        <div className="late">
          <Busy text={t('syncVersionsReading')} />
        </div>
      ) : null}
      {read.at === 'failed' ? <ReadFailed before={t('syncCopiesFailed')} problem={read.problem} onAgain={again} /> : null}
      {read.at === 'read' && chosen === undefined ? <p className="py-4 text-text-2">{t('syncCopiesNone')}</p> : null}
      {chosen === undefined ? null : (
        <>
          <p className="said mb-2 text-text-2">{t('syncCopiesText')}</p>
          <CopyList copies={copies} chosen={chosen.id} onChoose={setPicked} />
          <CopyLook document={document} id={chosen.id} />
        </>
      )}
    </Dialog>
  );
};
