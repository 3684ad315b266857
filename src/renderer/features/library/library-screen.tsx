import { CircleAlert, Images, SearchX, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Upload } from '../../../shared/model/upload';
import { formatFor } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useApp, useLibrary, useUi } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { Sheet } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { LibraryQuestion, type Question } from './library-dialogs';
import { LibraryList } from './library-list';
import { LibraryToolbar } from './library-toolbar';
import { SelectionBar } from './selection-bar';
import { UploadDetails } from './upload-details';
import { useSelection } from './use-selection';
import { useWidth } from './use-width';

const TILE_WIDTH = 176;
const PANEL_FROM = 760;

const NothingHere = () => {
  const { t, problem } = useText();
  const { library, ui } = useApp();
  const { search, accountId, problem: failure, loaded } = useLibrary((state) => state);
  if (failure !== null)
    return (
      <EmptyState icon={<CircleAlert size={36} strokeWidth={1.25} />} title={t('libraryFailed')} actions={<Button onClick={() => void library.reload()}>{t('tryAgain')}</Button>}>
        {problem(failure)}
      </EmptyState>
    );
  if (!loaded) return null;
  if (search !== '' || accountId !== null)
    return (
      <EmptyState
        icon={<SearchX size={36} strokeWidth={1.25} />}
        title={t('libraryNothing')}
        actions={
          <Button
            onClick={() => {
              library.store.setState({ search: '' });
              void library.setAccount(null);
            }}
          >
            {t('libraryShowAll')}
          </Button>
        }
      >
        {t('libraryNothingText')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<Images size={40} strokeWidth={1.25} />}
      title={t('libraryEmpty')}
      actions={
        <Button look="primary" onClick={() => ui.setState({ route: 'upload' })}>
          {t('libraryEmptyAction')}
        </Button>
      }
    >
      {t('libraryEmptyText')}
    </EmptyState>
  );
};

type DetailsProps = { readonly upload: Upload; readonly asPanel: boolean; readonly onClose: () => void; readonly onAsk: (question: Question) => void };

const Details = ({ upload, asPanel, onClose, onAsk }: DetailsProps) => {
  const { t } = useText();
  if (!asPanel)
    return (
      <Sheet open onClose={onClose} title={t('libraryDetailsTitle')} closeLabel={t('close')}>
        <UploadDetails upload={upload} onAsk={onAsk} />
      </Sheet>
    );
  return (
    <aside aria-label={t('libraryDetailsTitle')} className="flex w-80 shrink-0 flex-col overflow-y-auto border-l border-line bg-surface p-4">
      <div className="mb-2 flex items-center justify-between">
        <h2 className="font-semibold">{t('libraryDetailsTitle')}</h2>
        <IconButton size="s" label={t('close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <UploadDetails upload={upload} onAsk={onAsk} />
    </aside>
  );
};

export const LibraryScreen = () => {
  const { t } = useText();
  const { library, settings } = useApp();
  const uploads = useLibrary((state) => state.uploads);
  const view = useUi((ui) => ui.libraryView);
  const { copyLinks } = useActions();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [details, setDetails] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const asPanel = width >= PANEL_FROM;
  const room = details && asPanel ? width - 320 : width;
  const columns = view === 'grid' ? Math.max(2, Math.floor(room / TILE_WIDTH)) : 1;
  const ids = useMemo(() => uploads.map((upload) => upload.id), [uploads]);
  const selection = useSelection(ids, columns);
  const chosen = useMemo(() => uploads.filter((upload) => selection.selected.has(upload.id)), [uploads, selection.selected]);
  const current = uploads[selection.active];

  useEffect(() => {
    if (!library.store.getState().loaded) void library.reload();
  }, [library]);

  // A row that was taken out had the keyboard, or its question gave it back to nothing: the list keeps it.
  const asked = useRef(false);
  const asking = question !== null;
  useEffect(() => {
    if (asking) asked.current = true;
    if (asking || !asked.current) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) box.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [asking, uploads.length]);

  const target = (): readonly Upload[] => (chosen.length > 0 ? chosen : current === undefined ? [] : [current]);
  const onKey = (event: KeyboardEvent): void => {
    const about = target();
    if (about.length === 0) return;
    if (event.key === 'Enter') {
      const linked = about.filter((upload) => upload.url !== null);
      const kind = linked.length > 0 && linked.every((upload) => upload.kind === 'video') ? 'video' : 'image';
      void copyLinks(linked.map((upload) => upload.id), formatFor(kind, settings.getState().state));
    } else if (event.key === 'Delete' || event.key === 'Backspace') setQuestion({ kind: 'delete', uploads: about });
    else if (event.key === ' ') setDetails(!details);
    else if (event.key === 'Escape' && details) setDetails(false);
    else return;
    event.preventDefault();
  };
  return (
    <Page title={t('libraryTitle')} actions={<LibraryToolbar />}>
      <div ref={box} className="flex h-full min-h-0">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="min-h-0 flex-1">
            {uploads.length === 0 ? (
              <NothingHere />
            ) : (
              <LibraryList
                uploads={uploads}
                columns={columns}
                selection={selection}
                onAsk={setQuestion}
                onDetails={(index) => {
                  selection.aim(index);
                  setDetails(true);
                }}
                onKey={onKey}
              />
            )}
          </div>
          {uploads.length === 0 ? null : <SelectionBar chosen={chosen} onAsk={setQuestion} onClear={selection.clear} />}
        </div>
        {details && current !== undefined ? <Details upload={current} asPanel={asPanel} onClose={() => setDetails(false)} onAsk={setQuestion} /> : null}
      </div>
      {question === null ? null : <LibraryQuestion question={question} onDone={() => setQuestion(null)} />}
    </Page>
  );
};
