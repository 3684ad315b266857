import { CircleAlert } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { rowAt } from '../../stores/library-window';
import { useText } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Page } from '../../ui/page';
import { useWidth } from '../../ui/use-width';
import { DetailsPanel } from './details-panel';
import { EmptyLibrary } from './empty-library';
import { FilterChips } from './filter-bar';
import { LibraryList } from './library-list';
import { LibraryQuestion } from './library-dialogs';
import { LibraryToolbar } from './library-toolbar';
import { outlineOf } from './outline';
import { Preview } from './preview';
import { SelectionBar } from './selection-bar';
import { focusList, useKeptKeyboard, useScreenKeys } from './use-kept-keyboard';
import { useLibraryView } from './use-library-view';
import { chosenOf, useSelection, type Chosen } from './use-selection';
import { useThumbs } from './use-thumbs';
import { useUndoneDelete } from './use-undone-delete';
import { useUploadActions, type Question } from './use-upload-actions';
import { useWide } from './use-wide';

const SCROLLBAR = 12;

const ReadProblem = () => {
  const { t, problem } = useText();
  const { library } = useApp();
  const failure = useLibrary((state) => state.problem);
  if (failure === null) return null;
  return (
    <div className="px-4 py-2">
      <Bar tone="danger" icon={<CircleAlert size={16} aria-hidden />} actions={<Button size="s" onClick={() => library.reload()}>{t('tryAgain')}</Button>}>
        <span role="alert">{`${t('libraryFailed')}. ${problem(failure)}`}</span>
      </Bar>
    </div>
  );
};

/** Every upload: as tiles or rows under their days, found, filtered, looked at and acted upon. */
export const LibraryScreen = () => {
  const { t } = useText();
  const { library } = useApp();
  // What is asked for changes nothing here until it is answered.
  const state = useLibrary(useShallow(({ pages, total, exact, query, shown, days }) => ({ pages, total, exact, query: shown ?? query, shown, days })));
  const { pages, total, days } = state;
  const [view, setView] = useLibraryView();
  const [width, measure] = useWidth();
  const [question, setQuestion] = useState<Question | null>(null);
  const [previewing, setPreviewing] = useState(false);
  const [sheet, setSheet] = useState(false);
  const wide = useWide();
  const grid = view.layout === 'grid';
  const columns = grid ? Math.max(1, Math.floor((width - SCROLLBAR - 16) / view.tile)) : 1;
  const grouped = state.query.sort.by === 'time';
  const outline = useMemo(() => outlineOf(total, columns, grouped ? days : []), [total, columns, grouped, days]);
  const selection = useSelection(state, outline, grid);
  const current = rowAt(pages, selection.active);
  const detailed = wide ? view.details : sheet;
  const toggleDetails = useCallback(
    (open: boolean): void => {
      if (wide) setView({ details: open });
      else setSheet(open);
    },
    [wide, setView],
  );
  const aim = useRef(selection.aim);
  aim.current = selection.aim;
  const onPreview = useCallback(
    (which: number | string): void => {
      aim.current(typeof which === 'string' ? (library.placeOf(which) ?? 0) : which);
      setPreviewing(true);
    },
    [library],
  );
  const onDetails = useCallback(
    (id: string): void => {
      aim.current(library.placeOf(id) ?? 0);
      toggleDetails(true);
    },
    [library, toggleDetails],
  );
  const actions = useUploadActions({ onAsk: setQuestion, onPreview, onDetails, onLetGo: selection.letGo });
  const onUndone = useUndoneDelete();
  const selectAgain = useRef<() => void>(() => undefined);
  useThumbs();
  useKeptKeyboard({ covered: question !== null || previewing, total, arrangement: `${view.layout} ${columns} ${detailed}` });
  useEffect(() => library.attend(), [library]);

  const target = (): Chosen | null => (selection.count > 0 ? selection.chosen() : current === undefined ? null : chosenOf([current]));
  const onKey = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'preventDefault'>): void => {
    if (total === 0) return;
    const chosen = target();
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && chosen !== null) actions.copyChosen(chosen);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && chosen !== null) setQuestion({ kind: 'delete', chosen });
    else if (event.key === ' ') onPreview(selection.active);
    else if (command && event.key.toLowerCase() === 'i') toggleDetails(!detailed);
    else if (event.key === 'Escape' && detailed) toggleDetails(false);
    else return;
    event.preventDefault();
  };
  useScreenKeys({ selectAll: selection.all, act: onKey, selected: selection.count > 0 });
  const menu = () => {
    const chosen = target();
    if (chosen === null) return [];
    const [only] = chosen.rows ?? [];
    const upload = chosen.count === 1 && only !== undefined ? rowAt(pages, library.placeOf(only.id) ?? -1) : undefined;
    return actions.entries(chosen, upload ?? null);
  };
  const latest = useRef({ menu, onKey });
  latest.current = { menu, onKey };
  const [listMenu, listKey] = useMemo(() => [() => latest.current.menu(), (event: KeyboardEvent) => latest.current.onKey(event)] as const, []);
  return (
    <Page title={t('libraryTitle')} actions={<LibraryToolbar view={view} onView={setView} details={detailed} onDetails={toggleDetails} onLeave={focusList} />}>
      <div className="flex h-full min-h-0">
        <div className="flex min-w-0 flex-1 flex-col">
          <FilterChips />
          {total > 0 ? <ReadProblem /> : null}
          <div ref={measure} className="min-h-0 flex-1">
            {total === 0 ? (
              <EmptyLibrary />
            ) : width === 0 ? null : (
              <LibraryList outline={outline} columns={columns} grouped={grouped} tile={view.tile} layout={view.layout} selection={selection} actions={actions} menu={listMenu} onKey={listKey} />
            )}
          </div>
          {total === 0 ? null : <SelectionBar view={view} onView={setView} selection={selection} actions={actions} onAsk={setQuestion} />}
        </div>
        {detailed && total > 0 ? <DetailsPanel upload={current} asPanel={wide} actions={actions} onAsk={setQuestion} onClose={() => toggleDetails(false)} onPreview={() => onPreview(selection.active)} /> : null}
      </div>
      {question === null ? null : (
        <LibraryQuestion
          question={question}
          actions={actions}
          onDone={(acted) => {
            setQuestion(null);
            if (acted) selectAgain.current = selection.letGo();
          }}
          onWaiting={(operation) => onUndone(operation, selectAgain.current)}
        />
      )}
      {previewing && total > 0 ? <Preview place={selection.active} onPlace={(place) => selection.press(place, { shiftKey: false, ctrlKey: false, metaKey: false })} actions={actions} onAsk={setQuestion} onClose={() => setPreviewing(false)} /> : null}
    </Page>
  );
};
