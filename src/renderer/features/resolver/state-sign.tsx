import clsx from 'clsx';
import type { ItemState } from '../../../shared/model/resolver';
import { stateSigns } from './words';

const tones: Readonly<Record<ItemState, string>> = {
  open: 'border-warn bg-warn-soft text-warn',
  base: 'border-line-strong bg-sunken text-text',
  mine: 'border-accent bg-accent-soft text-accent',
  theirs: 'border-ok bg-ok-soft text-ok',
  'both-mine': 'border-accent bg-accent-soft text-accent',
  'both-theirs': 'border-ok bg-ok-soft text-ok',
  edited: 'border-text-2 bg-surface text-text',
  faulty: 'border-danger bg-danger-soft text-danger',
  merged: 'border-transparent bg-transparent text-text-2',
  reverted: 'border-line-strong bg-sunken text-text-2',
  'replaced-mine': 'border-dashed border-accent bg-transparent text-accent',
  'replaced-theirs': 'border-dashed border-ok bg-transparent text-ok',
};

/** How a place stands, as one letter that means the same everywhere. */
export const StateSign = ({ state }: { readonly state: ItemState }) => (
  <span aria-hidden className={clsx('inline-flex h-5 w-6 shrink-0 items-center justify-center rounded-s border text-small font-semibold', tones[state])}>
    {stateSigns[state]}
  </span>
);

/** The letter of a side. */
export const SideSign = ({ side }: { readonly side: 'base' | 'mine' | 'theirs' | 'result' }) => (
  <span
    aria-hidden
    className={clsx(
      'inline-flex size-5 shrink-0 items-center justify-center rounded-s border text-small font-semibold',
      side === 'mine' ? tones.mine : side === 'theirs' ? tones.theirs : side === 'base' ? tones.base : 'border-text-2 bg-surface text-text',
    )}
  >
    {side === 'result' ? '=' : side === 'base' ? 'B' : side === 'mine' ? 'M' : 'T'}
  </span>
);
