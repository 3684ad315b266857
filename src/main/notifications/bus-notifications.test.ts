import { expect, test, vi } from 'vitest';
import type { SessionBus } from '../../lib/session-bus';
import { createBusNotifications } from './bus-notifications';

test('hears a press that comes in one piece with the number of its note', async () => {
  const pressed = vi.fn();
  let hear: Parameters<SessionBus['onSignal']>[0] = () => undefined;
  const bus = {
    onClose: () => undefined,
    onSignal: (listener: typeof hear) => void (hear = listener),
    close: () => undefined,
    call: ({ member }: { readonly member: string }) =>
      new Promise((resolve) => {
        resolve(member === 'Notify' ? [7] : [['actions']]);
        if (member === 'Notify') hear({ interface: 'org.freedesktop.Notifications', member: 'ActionInvoked', body: [7, '0'] } as unknown as Parameters<typeof hear>[0]);
      }),
  } as unknown as SessionBus;
  const faults: unknown[] = [];
  const notifications = createBusNotifications({ connect: async () => bus, onFault: (error) => faults.push(error) });
  notifications.show({ id: 'n', title: 'Failed', body: '', picture: null, actions: [{ label: 'Show error', act: pressed }], onClick: () => undefined, urgency: 'problem' });
  await vi.waitFor(() => expect(pressed).toHaveBeenCalledOnce());
  expect(faults).toEqual([]);
});
