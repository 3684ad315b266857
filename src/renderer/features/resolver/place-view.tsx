import clsx from 'clsx';
import { Check, Pencil, RotateCcw } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { ItemView, ResolverView, ShownValue } from '../../../shared/model/resolver';
import type { Choice } from '../../stores/resolver-advance';
import type { Scope } from '../../stores/resolver-state';
import { useText, type TextKey } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Badge } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { EditBox } from './edit-box';
import { useResolver, useResolving } from './resolver-context';
import { useTogether } from './use-together';
import { ValueCard } from './value-card';
import { innerPaths, kindKey, makerWords, newerWords, placeText, stateKeys, stillWords } from './words';

/** What a state took, to take the same elsewhere; null for what is of this place alone. */
const choiceOf = (item: ItemView): Choice | null => {
  if (item.state === 'base' || item.state === 'mine' || item.state === 'theirs') return { take: item.state };
  if (item.state === 'both-mine') return { take: 'both', first: 'mine' };
  return item.state === 'both-theirs' ? { take: 'both', first: 'theirs' } : null;
};

const SameMenu = ({ item }: { readonly item: ItemView }) => {
  const text = useText();
  const { t, number } = text;
  const resolver = useResolver();
  const choice = choiceOf(item);
  if (choice === null || !item.conflict) return null;
  const parent = placeText(item.path.slice(0, -1), text);
  const entry = (scope: Scope, others: number, key: TextKey): readonly MenuEntry[] =>
    others <= 0 ? [] : [{ label: t(key, { count: others, formatted: number(others), path: parent }), onSelect: () => resolver.choose(choice, scope) }];
  const entries = [...entry('subtree', item.alike.subtree - 1, 'resolverSameSubtree'), ...entry('kind', item.alike.kind - 1, 'resolverSameKind')];
  return entries.length === 0 ? null : <Menu align="start" trigger={<Button size="s">{t('resolverSame')}</Button>} entries={entries} />;
};

const BOTH = [
  { first: 'mine', state: 'both-mine', label: 'resolverBothMine', keys: 'A' },
  { first: 'theirs', state: 'both-theirs', label: 'resolverBothTheirs', keys: '⇧ A' },
] as const;

/** What can be done at a place besides taking a side. */
const PlaceActions = ({ item, tabStop, editing }: { readonly item: ItemView; readonly tabStop: string; readonly editing: boolean }) => {
  const text = useText();
  const { t } = text;
  const resolver = useResolver();
  const heard = useResolving((state) => state.heard);
  const decided = item.state !== 'open' && item.state !== 'merged';
  // The bar above says how to choose again.
  if (item.state === 'replaced-mine' || item.state === 'replaced-theirs') return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3 pb-2">
      {item.both
        ? BOTH.map(({ first, state, label }) => (
            <button
              key={first}
              type="button"
              role="radio"
              aria-checked={item.state === state}
              aria-label={`${t('resolverTakeBoth')}: ${t(label)}`}
              data-choice={state}
              tabIndex={tabStop === state ? 0 : -1}
              onClick={() => resolver.choose({ take: 'both', first })}
              className={clsx('h-6 rounded-s border px-2 text-small', item.state === state ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line bg-surface hover:bg-hover')}
            >
              {t(label)}
            </button>
          ))
        : null}
      {item.conflict ? null : (
        <Button size="s" onClick={() => resolver.choose(item.state === 'reverted' ? null : { take: 'base' })}>
          {t(item.state === 'reverted' ? 'resolverKeep' : 'resolverRevert')}
        </Button>
      )}
      {/* It stays, unseen, to have the keyboard back from the field. */}
      <Button size="s" data-edit className={editing ? '!hidden' : ''} icon={<Pencil size={12} aria-hidden />} aria-pressed={item.state === 'edited' || item.state === 'faulty'} onClick={() => resolver.edit(true)}>
        {t('resolverEdit')}
      </Button>
      {decided && !editing ? (
        <Button size="s" look="quiet" icon={<RotateCcw size={12} aria-hidden />} onClick={() => resolver.choose(null)}>
          {t('resolverReset')}
        </Button>
      ) : null}
      <SameMenu item={item} />
      {heard?.kind === 'no-both' && heard.item.id === item.id ? (
        <p className="said w-full text-small text-warn" data-testid="no-both">
          {text.t('resolverNoBoth', { path: placeText(item.path, text) })}
        </p>
      ) : null}
      {heard?.kind === 'no-base' && heard.item.id === item.id ? (
        <p className="said w-full text-small text-warn" data-testid="no-base">
          {text.t('resolverNoBase', { path: placeText(item.path, text) })}
        </p>
      ) : null}
    </div>
  );
};

const Head = ({ item, view, editing }: { readonly item: ItemView; readonly view: ResolverView; readonly editing: boolean }) => {
  const text = useText();
  const { t, number } = text;
  // The list goes on by itself: what was decided before that stays in sight.
  const before = useResolving(({ wentOnFrom }) => wentOnFrom);
  const inner = innerPaths(item);
  const by = item.by === null ? null : t(item.by === 'mine' ? 'resolverByMine' : item.by === 'theirs' ? 'resolverByTheirs' : 'resolverByBoth');
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-2">
      <h2 className="said min-w-0 break-all font-mono text-body font-semibold" data-testid="place">
        {placeText(item.path, text)}
      </h2>
      <Badge tone={item.state === 'open' ? 'warn' : item.state === 'faulty' ? 'danger' : 'neutral'}>{t(stateKeys[item.state])}</Badge>
      <span className="text-small text-text-2">
        {t(kindKey(item.kind, view.base !== null))}
        {by === null ? null : ` · ${by}`}
        {item.openPlace === null ? null : ` · ${t('resolverPlace', { place: number(item.openPlace), total: number(view.open) })}`}
      </span>
      {before === null || editing ? null : (
        <span aria-hidden className="ml-auto flex min-w-0 items-center gap-1 rounded-s bg-accent-soft px-1.5 py-0.5 text-small text-accent" data-testid="just-decided">
          <Check size={12} className="shrink-0" />
          <span className="truncate">{t('resolverJustDecided', { path: placeText(before.path, text), state: t(stateKeys[before.state]) })}</span>
        </span>
      )}
      {inner.length === 0 ? null : <p className="said w-full text-small text-text-2">{t('resolverInner', { paths: inner.map((path) => placeText(path, text)).join(' · ') })}</p>}
      {editing ? null : item.newer.map((one) => (
        <p key={one.side} className="said w-full text-small text-warn" data-testid="newer">
          {newerWords(one, text)}
        </p>
      ))}
      {editing ? null : stillWords(item, text).map((words) => (
        <p key={words} className="said w-full text-small text-text-2" data-testid="still">
          {words}
        </p>
      ))}
    </div>
  );
};

const SIDES = ['base', 'mine', 'theirs'] as const;

/** What fits into two lines of the narrowest card. */
const SHORT = 24;
const isShort = ({ type, lines, text }: ShownValue): boolean => type === 'absent' || (lines <= 1 && text.length <= SHORT);

/** The place that is selected: what each side has, what comes of it, and what can be decided. */
export const PlaceView = () => {
  const text = useText();
  const { t } = text;
  const resolver = useResolver();
  const item = useResolving((state) => state.item);
  const isSelected = useResolving((state) => state.selected !== null);
  const view = useResolving((state) => state.view);
  const editing = useResolving((state) => state.editing);
  const layout = useSettings((settings) => settings.resolverLook.layout);
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.scrollTo({ top: 0 });
  }, [item?.id]);
  useTogether(group, item?.id);
  // A place that is selected is on its way.
  if (item === null || view === null) return isSelected ? null : <p className="p-6 text-center text-text-2">{t('resolverPick')}</p>;
  const taken = item.state === 'merged' ? (item.by === 'theirs' ? 'theirs' : 'mine') : item.state === 'reverted' ? 'base' : item.state;
  const short = isShort(item.result) && SIDES.every((side) => isShort(item[side]));
  // Nothing is known of what both had: it cannot be taken, and is no deletion.
  const hasBase = view.base !== null;
  const choices: readonly string[] = [...(hasBase ? SIDES : SIDES.slice(1)), ...(item.both ? ['both-mine', 'both-theirs'] : [])];
  const tabStop = choices.includes(taken) ? taken : (choices[0] ?? 'mine');
  const onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['choice'] === undefined) return;
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = choices[(choices.indexOf(event.target.dataset['choice']) + step + choices.length) % choices.length] ?? 'mine';
    group.current?.querySelector<HTMLElement>(`[data-choice="${next}"]`)?.focus();
  };
  const titles = { base: t('resolverBase'), mine: t('resolverMine'), theirs: t('resolverTheirs') };
  const notes = {
    base: view.base === null ? t('resolverBaseNone') : t('resolverBaseText'),
    mine: view.mine.device === null ? t('resolverMineHere') : t('resolverMineText', { device: view.mine.device }),
    theirs: makerWords(view.theirs, text),
  };
  return (
    <div ref={group} role="radiogroup" aria-label={placeText(item.path, text)} onKeyDown={onKey} className="@container flex h-full min-h-0 flex-auto flex-col gap-2 overflow-y-auto">
      <Head item={item} view={view} editing={editing} />
      <div
        data-layout={layout}
        className={clsx('shrink-0 gap-2 px-3', layout === 'stacked' ? 'flex flex-col' : clsx('grid grow grid-cols-1 @min-[420px]:grid-cols-3', editing ? '' : '@min-[620px]:grid-cols-4'))}
      >
        {SIDES.map((side) => (
          <ValueCard
            key={side}
            item={item}
            side={side}
            title={titles[side]}
            note={notes[side]}
            stacked={layout === 'stacked'}
            short={short}
            take={side === 'base' && !hasBase ? null : { taken: taken === side, tabIndex: tabStop === side ? 0 : -1, onTake: () => resolver.choose({ take: side }) }}
          >
            {side === 'base' && !hasBase ? <p className="text-text-2 italic">{t('resolverBaseUnknown')}</p> : undefined}
          </ValueCard>
        ))}
        <ValueCard item={item} side="result" title={t('resolverResultTitle')} note={t(stateKeys[item.state])} stacked={layout === 'stacked'} short={short} take={null} wide={editing ? 'always' : 'narrow'}>
          {editing ? <EditBox item={item} /> : undefined}
        </ValueCard>
      </div>
      <PlaceActions item={item} tabStop={tabStop} editing={editing} />
    </div>
  );
};
