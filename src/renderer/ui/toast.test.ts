import { describe, expect, it } from 'vitest';
import { createToastManager, toasterOf } from './toast';

type Event = { readonly action: string; readonly options: { readonly id: string; readonly timeout?: number; readonly actionProps?: { readonly onClick: () => void } } };

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

  it('goes when there is a newer one about the same', () => {
    const happened: string[] = [];
    const manager = createToastManager();
    const ids: string[] = [];
    manager[' subscribe']((event) => {
      const { action, options } = event as Event;
      if (action === 'add') ids.push(options.id);
      happened.push(`${action} ${ids.indexOf(options.id) + 1}`);
    });
    const toaster = toasterOf(manager);
    const action = { label: 'Undo', onPress: () => undefined };
    toaster.show({ title: 'Decided', action, about: 'settings' });
    toaster.show({ title: 'Decided', action, about: 'notes' });
    toaster.show({ title: 'Restored', action, about: 'settings' });
    expect(happened).toEqual(['add 1', 'add 2', 'close 1', 'add 3']);
  });

  it('stays three times as long as one that is only read', () => {
    const manager = createToastManager();
    const timeouts: (number | undefined)[] = [];
    manager[' subscribe']((event) => void timeouts.push((event as Event).options.timeout));
    const toaster = toasterOf(manager);
    const action = { label: 'Undo', onPress: () => undefined };
    toaster.show({ title: 'Copied' });
    toaster.show({ title: 'Applied', action });
    toaster.show({ title: 'It failed', type: 'problem' });
    toaster.show({ title: 'It failed', type: 'problem', action });
    expect(timeouts).toEqual([4_000, 12_000, 10_000, 12_000]);
  });
});
