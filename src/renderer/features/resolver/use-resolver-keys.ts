import { useEffect } from 'react';
import type { ResolverStore } from '../../stores/resolver-store';
import { isAsking, typesText } from '../../ui/window-state';

export type ScreenActs = { readonly apply: () => void; readonly later: () => void; readonly keys: () => void; readonly filter: () => void };

const keyOf = (event: KeyboardEvent): string => (event.key.length === 1 ? event.key.toLowerCase() : event.key);

/** What a key does wherever the keyboard is on this screen; undefined: nothing. */
const deedOf = (event: KeyboardEvent, resolver: ResolverStore, acts: ScreenActs): (() => void) | undefined => {
  const withCommand: Readonly<Record<string, () => void>> = {
    PageDown: () => resolver.move(false, true),
    PageUp: () => resolver.move(true, true),
    ArrowDown: () => resolver.move(false, false),
    ArrowUp: () => resolver.move(true, false),
    '1': () => resolver.choose({ take: 'base' }),
    '2': () => resolver.choose({ take: 'mine' }),
    '3': () => resolver.choose({ take: 'theirs' }),
    z: () => resolver.step(event.shiftKey ? 'redo' : 'undo'),
    y: () => resolver.step('redo'),
    f: acts.filter,
    Enter: acts.apply,
  };
  const alone: Readonly<Record<string, () => void>> = {
    j: () => resolver.move(false, true),
    k: () => resolver.move(true, true),
    b: () => resolver.choose({ take: 'base' }),
    m: () => (event.shiftKey ? resolver.takeAll('mine') : resolver.choose({ take: 'mine' })),
    t: () => (event.shiftKey ? resolver.takeAll('theirs') : resolver.choose({ take: 'theirs' })),
    a: () => resolver.choose({ take: 'both', first: event.shiftKey ? 'theirs' : 'mine' }),
    '/': acts.filter,
    '?': acts.keys,
    Enter: () => resolver.edit(true),
    Backspace: () => resolver.choose(null),
    Delete: () => resolver.choose(null),
    Escape: acts.later,
  };
  const key = keyOf(event);
  if (key === 'F8') return () => resolver.move(event.shiftKey, true);
  if (event.ctrlKey || event.metaKey) return withCommand[key];
  return alone[key];
};

/** What may go on while a key is held down: moving and undoing. A choice is made for one place. */
const REPEATED: readonly string[] = ['PageDown', 'PageUp', 'ArrowDown', 'ArrowUp', 'F8', 'j', 'k', 'y', 'z'];

/** Enter and Backspace belong to a control that has the keyboard; letters and commands do not. */
const isTheirs = (event: KeyboardEvent): boolean => {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=menu], [role=listbox], [role=dialog]') !== null) return true;
  return event.key === 'Enter' && !event.ctrlKey && !event.metaKey && target.closest('button, a, [data-node]') !== null;
};

/** The keys of SYNC.md §4.2. They go before those of the whole window, and never take a letter from a text field. */
export const useResolverKeys = (resolver: ResolverStore, acts: ScreenActs): void => {
  useEffect(() => {
    const keydown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.altKey || isAsking() || isTheirs(event)) return;
      const typing = typesText(event.target);
      const command = event.ctrlKey || event.metaKey;
      const ownOfText = command && ['z', 'y', 'ArrowDown', 'ArrowUp', 'Enter'].includes(keyOf(event));
      if (typing && (ownOfText || (!command && event.key !== 'F8'))) return;
      const deed = deedOf(event, resolver, acts);
      if (deed === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !REPEATED.includes(keyOf(event))) return;
      if (command || !resolver.isOpeningField()) deed();
    };
    window.addEventListener('keydown', keydown, true);
    return () => window.removeEventListener('keydown', keydown, true);
  }, [resolver, acts]);
};
