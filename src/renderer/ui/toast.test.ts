import { describe, expect, it } from 'vitest';
import { createToastManager, toasterOf } from './toast';

type Event = { readonly action: string; readonly options: { readonly id: string; readonly actionProps?: { readonly onClick: () => void } } };

describe('a message with an action', () => {
  it('goes when the action is pressed, before what the action says', () => {
    const happened: string[] = [];
    const manager = createToastManager();
    const shown: Event['options'][] = [];
    manager[' subscribe']((event) => {
      const { action, options } = event as Event;
      happened.push(`${action} ${action === 'add' ? shown.push(options) : shown.findIndex(({ id }) => id === options.id) + 1}`);
    });
    const toaster = toasterOf(manager);
    toaster.show({ title: 'Applied', action: { label: 'Undo', onPress: () => toaster.show({ title: 'As it was before' }) } });
    shown[0]?.actionProps?.onClick();
    expect(happened).toEqual(['add 1', 'close 1', 'add 2']);
  });
});
