import { BUS, busSocketPath, connectSessionBus, type SessionBus } from '../../lib/session-bus';
import type { TrayPlace } from './contract';

/** Whoever shows tray icons on a Linux desktop owns this name on the session bus. */
export const WATCHER = 'org.kde.StatusNotifierWatcher';
const RULE = `type='signal',sender='${BUS.destination}',interface='${BUS.interface}',member='NameOwnerChanged',arg0='${WATCHER}'`;

/** Tells every change of the name's owner, and whether it has one now. Rejects when the bus cannot be asked. */
const followOwner = async (bus: SessionBus, settle: (owned: boolean) => void): Promise<void> => {
  let told = false;
  bus.onSignal(({ interface: spoken, member, body }) => {
    if (spoken !== BUS.interface || member !== 'NameOwnerChanged' || body[0] !== WATCHER) return;
    told = true;
    settle(body[2] !== '');
  });
  await bus.call({ ...BUS, member: 'AddMatch', signature: 's', body: [RULE] });
  const [owned] = await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body: [WATCHER] });
  // A change that was heard meanwhile is the later news.
  if (!told) settle(owned === true);
};

/**
 * Watches whether the desktop shows tray icons. Resolves when that is known, and at the latest after `limitMs`; without
 * a bus there is no tray. The connection is kept, so that a panel that comes or goes is noticed.
 */
export const watchStatusNotifier = async (address: string | undefined, uid: number, limitMs: number): Promise<TrayPlace> => {
  const listeners = new Set<(exists: boolean) => void>();
  let exists = false;
  let bus: Promise<SessionBus> | null = null;
  const settle = (now: boolean): void => {
    if (now === exists) return;
    exists = now;
    listeners.forEach((listener) => listener(now));
  };
  const watch = async (path: string): Promise<void> => {
    try {
      bus = connectSessionBus(path, uid);
      const connected = await bus;
      connected.onClose(() => settle(false));
      await followOwner(connected, settle);
    } catch {
      // Whatever answers there is no bus that can be asked: as if there were none.
      settle(false);
    }
  };
  const path = busSocketPath(address);
  if (path !== null) {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      cancel = () => clearTimeout(timer);
    });
    await Promise.race([watch(path), limit]);
    cancel();
  }
  return {
    exists: () => exists,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      listeners.clear();
      bus?.then((connected) => connected.close(), () => undefined);
    },
  };
};
