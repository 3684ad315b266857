import { CircleAlert, CloudDownload, ImageOff, LoaderCircle, MoreHorizontal, RefreshCw, WifiOff } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Account } from '../../../shared/model/account';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { gridKeyed, gridPressed, noSelection } from '../../stores/grid-selection';
import { rowKey, smallPicture, type RemoteList, type RemoteState } from '../../stores/remote-list';
import { useText } from '../../stores/text';
import { Bar, EmptyState } from '../../ui/bits';
import { Button, buttonClass, IconButton } from '../../ui/button';
import { Menu } from '../../ui/menu';
import { Select } from '../../ui/select';
import { TileGrid } from '../../ui/tile-grid';
import { Head } from './head';
import { RemoteFoot } from './remote-foot';
import { RemotePreview } from './remote-preview';
import { RemoteQuestions, type RemoteQuestion } from './remote-questions';
import { RemoteTile } from './remote-tile';
import { orderName, orderNames, remoteOrders } from './remote-words';
import { useRemoteActions } from './use-remote-actions';
import { useRemoteList } from './use-remote-list';

const TILE = { width: 176, height: 224 } as const;

const titles = (account: Account) => {
  if (account.id === THIS_COMPUTER) return { title: 'remoteHereTitle', about: 'remoteHereText' } as const;
  if (account.onlyThisComputer) return { title: 'remoteNextTitle', about: 'remoteNextText' } as const;
  return account.capabilities.list === 'last-hour-of-this-network' ? ({ title: 'remoteHourTitle', about: 'remoteHourText' } as const) : ({ title: 'remoteGalleryTitle', about: 'remoteGalleryText' } as const);
};

type RemoteHeadProps = { readonly account: Account; readonly list: RemoteList; readonly state: RemoteState; readonly onAsk: (question: RemoteQuestion) => void };

const RemoteHead = ({ account, list, state, onAsk }: RemoteHeadProps) => {
  const { t, sentences, account: called } = useText();
  const { list: kind, clearList } = account.capabilities;
  const words = titles(account);
  const name = called(account.name);
  return (
    <Head
      title={t(words.title, { name })}
      keepTitle={kind === 'last-hour-of-this-network'}
      about={sentences(t(words.about, { name }), state.items.some(({ derived }) => derived) ? t('remoteGuessedAll') : null)}
      actions={
        <>
          {kind === 'public-gallery' ? (
            <Select
              label={t('remoteSort')}
              value={orderName(state.order)}
              options={orderNames.map((one) => ({ value: one, label: t(remoteOrders[one].label) }))}
              onChange={(next) => void list.setOrder(remoteOrders[next].order)}
            />
          ) : null}
          <IconButton label={t('remoteReload')} look="plain" disabled={state.loading} onClick={() => void list.reload()}>
            <RefreshCw size={14} aria-hidden className={state.loading ? 'animate-spin motion-reduce:animate-none' : ''} />
          </IconButton>
          {clearList ? (
            <Menu
              entries={[
                { label: t('remoteAddAll'), onSelect: () => onAsk({ kind: 'add-all' }) },
                { kind: 'separator' },
                { label: t('remoteClear'), onSelect: () => onAsk({ kind: 'clear' }) },
              ]}
              trigger={
                <button type="button" aria-label={t('moreActions')} className={`${buttonClass('plain')} w-8 !px-0`}>
                  <MoreHorizontal size={16} aria-hidden />
                </button>
              }
            />
          ) : (
            <Button icon={<CloudDownload size={14} aria-hidden />} disabled={state.items.length === 0} onClick={() => onAsk({ kind: 'add-all' })}>
              {t('remoteAddAll')}
            </Button>
          )}
        </>
      }
    />
  );
};

/** In place of rows: that they are on their way, that there are none, or why they cannot be had. */
const NoRows = ({ account, list, state, offline }: { readonly account: Account; readonly list: RemoteList; readonly state: RemoteState; readonly offline: boolean }) => {
  const { t, account: called, problem } = useText();
  const name = called(account.name);
  const again = <Button onClick={() => void list.reload()}>{t('tryAgain')}</Button>;
  if (!state.loaded || (state.loading && state.problem === null))
    return (
      <div role="status" className="flex h-full items-center justify-center gap-2 text-text-2">
        <LoaderCircle size={16} aria-hidden className="animate-spin motion-reduce:animate-none" />
        {t('remoteLoading', { name })}
      </div>
    );
  if (state.problem !== null)
    return offline ? (
      <EmptyState icon={<WifiOff size={36} strokeWidth={1.25} />} title={t('remoteOfflineTitle')} actions={again}>
        {t('remoteOfflineText')}
      </EmptyState>
    ) : (
      <EmptyState icon={<CircleAlert size={36} strokeWidth={1.25} />} title={t('remoteFailed')} actions={again}>
        {problem(state.problem)}
      </EmptyState>
    );
  return (
    <EmptyState icon={<ImageOff size={36} strokeWidth={1.25} />} title={t('remoteEmpty')}>
      {t(account.capabilities.list === 'last-hour-of-this-network' ? 'remoteEmptyHour' : 'remoteEmptyGallery', { name })}
    </EmptyState>
  );
};

/** After the last tile: that more is on its way, that it could not be had, or that this is all. */
const ListEnd = ({ list, state }: { readonly list: RemoteList; readonly state: RemoteState }) => {
  const { t, number, problem } = useText();
  if (state.problem !== null)
    return (
      <div role="alert" className="px-4 pb-4">
        <Bar
          tone="warn"
          icon={<CircleAlert size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => void list.retry()}>
              {t('tryAgain')}
            </Button>
          }
        >
          {t(state.failedPage === 1 ? 'remoteReloadFailed' : 'remoteMoreFailed', { text: problem(state.problem) })}
        </Bar>
      </div>
    );
  const end = state.page >= state.totalPages;
  return (
    <p role="status" className="num pb-4 text-center text-small text-text-2">
      {state.loading ? t('remoteMore') : end ? t('remoteEnd', { count: state.items.length, formatted: number(state.items.length) }) : ''}
    </p>
  );
};

/** What the host of an account lists: labelled as what it is, read on as it is scrolled, matched to the library. */
export const RemoteScreen = ({ account }: { readonly account: Account }) => {
  const { t, number, account: called } = useText();
  const { list, state, offline } = useRemoteList(account);
  const actions = useRemoteActions(account);
  const [selection, setSelection] = useState(noSelection);
  const [question, setQuestion] = useState<RemoteQuestion | null>(null);
  const [previewed, setPreviewed] = useState<number | null>(null);
  const { items } = state;
  const ids = useMemo(() => items.map(rowKey), [items]);
  const chosen = useMemo(() => items.filter((item) => selection.selected.has(rowKey(item))), [items, selection.selected]);
  const active = Math.max(0, Math.min(selection.active, items.length - 1));
  const shown = useCallback(
    (first: number, last: number) => {
      void list.wantThumbs(items.slice(Math.max(0, first - 10), last + 20));
      if (last >= items.length - 20) void list.more();
    },
    [list, items],
  );
  const seen = previewed === null ? undefined : items[previewed];
  const step = (by: 1 | -1): (() => void) | null => {
    if (previewed === null) return null;
    for (let at = previewed + by; at >= 0 && at < items.length; at += by) if (items[at]?.url != null) return () => setPreviewed(at);
    return null;
  };
  return (
    <div className="flex h-full flex-col">
      <RemoteHead account={account} list={list} state={state} onAsk={setQuestion} />
      <div className="min-h-0 flex-1">
        {items.length === 0 ? (
          <NoRows account={account} list={list} state={state} offline={offline} />
        ) : (
          <TileGrid
            label={t('remoteLabel', { name: called(account.name) })}
            count={items.length}
            tile={TILE}
            keyOf={(index) => ids[index] ?? String(index)}
            active={active}
            multiselectable
            onShown={shown}
            after={<ListEnd list={list} state={state} />}
            onKey={(event, columns) => {
              const next = gridKeyed({ ...selection, active }, event, ids, columns);
              if (next === null) return false;
              setSelection(next);
              return true;
            }}
          >
            {(index) => {
              const item = items[index];
              return item === undefined ? null : (
                <RemoteTile
                  item={item}
                  index={index}
                  thumb={smallPicture(item, state)}
                  selected={selection.selected.has(rowKey(item))}
                  tabbable={index === active}
                  onPress={(at, event) => setSelection(gridPressed(selection, at, ids, event))}
                  onPreview={setPreviewed}
                  onCopy={(one) => void actions.copy([one])}
                  onOpen={actions.open}
                  onAdd={(one) => void actions.add([one])}
                  onDelete={(one) => setQuestion({ kind: 'delete', items: [one] })}
                />
              );
            }}
          </TileGrid>
        )}
      </div>
      {items.length === 0 ? null : (
        <RemoteFoot state={state} chosen={chosen} actions={actions} onDelete={(all) => setQuestion({ kind: 'delete', items: all })} onClear={() => setSelection(noSelection)} />
      )}
      {question === null ? null : (
        <RemoteQuestions question={question} account={account} actions={actions} onCleared={() => void list.reload()} onDone={() => setQuestion(null)} />
      )}
      {seen === undefined || previewed === null ? null : (
        <RemotePreview
          account={account}
          item={seen}
          thumb={smallPicture(seen, state)}
          place={`${number(previewed + 1)} / ${number(state.total ?? items.length)}`}
          actions={actions}
          onPrevious={step(-1)}
          onNext={step(1)}
          onClose={() => setPreviewed(null)}
        />
      )}
    </div>
  );
};
