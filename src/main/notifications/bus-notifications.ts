import { pathToFileURL } from 'node:url';
import { BUS, type BusValue, type SessionBus } from '../../lib/session-bus';
import type { Note, NotificationsPort } from './note';

export type BusNotificationsDeps = {
  /** Connects to the session bus; asked again after a connection has ended. */
  readonly connect: () => Promise<SessionBus>;
  readonly onFault: (error: unknown) => void;
};

const SERVER = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications', interface: 'org.freedesktop.Notifications' } as const;
const RULE = `type='signal',sender='${SERVER.destination}',interface='${SERVER.interface}',path='${SERVER.path}'`;
const CLICK = 'default';
/** The server's own time for how long a note is shown. */
const ITS_TIME = -1;

type Server = { readonly bus: SessionBus; readonly abilities: ReadonlySet<string> };
type Shown = { readonly number: number; readonly note: Note };

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');

const hintsOf = (note: Note): BusValue => [
  ['urgency', { signature: 'y', value: 1 }],
  ['desktop-entry', { signature: 's', value: 'picferry' }],
  ['suppress-sound', { signature: 'b', value: true }],
  ['category', { signature: 's', value: note.urgency === 'problem' ? 'transfer.error' : 'transfer' }],
  ...(note.picture === null ? [] : [['image-path', { signature: 's', value: pathToFileURL(note.picture).href }]]),
];

/**
 * Notifications as freedesktop's specification 1.2 has them, straight over the session bus: Electron shows no actions on
 * Linux before 42 and replaces no note.
 */
export const createBusNotifications = ({ connect, onFault }: BusNotificationsDeps): NotificationsPort => {
  const shown = new Map<string, Shown>();
  let server: Promise<Server> | null = null;
  /** One call at a time, so that a note knows the number of the one it replaces. */
  let chain: Promise<void> = Promise.resolve();

  const byNumber = (number: BusValue | undefined): Shown | undefined => [...shown.values()].find((one) => one.number === number);
  const hear = (member: string | undefined, body: readonly BusValue[]): void => {
    const one = byNumber(body[0]);
    if (one === undefined) return;
    if (member === 'NotificationClosed') shown.delete(one.note.id);
    if (member !== 'ActionInvoked') return;
    const [, key] = body;
    if (key === CLICK) one.note.onClick();
    else if (typeof key === 'string') one.note.actions[Number(key)]?.act();
  };
  const open = async (): Promise<Server> => {
    const bus = await connect();
    bus.onClose(() => {
      server = null;
      shown.clear();
    });
    bus.onSignal(({ interface: spoken, member, body }) => {
      // A press may come in one piece with the answer that gives the note its number, which is taken a turn later.
      if (spoken === SERVER.interface) setImmediate(hear, member, body);
    });
    await bus.call({ ...BUS, member: 'AddMatch', signature: 's', body: [RULE] });
    const [abilities] = await bus.call({ ...SERVER, member: 'GetCapabilities', signature: '', body: [] });
    return { bus, abilities: new Set(Array.isArray(abilities) ? (abilities as readonly BusValue[]).map(String) : []) };
  };
  const opened = async (): Promise<Server> => {
    server ??= open();
    try {
      return await server;
    } catch (error) {
      // Whoever shows notifications may come later.
      server = null;
      throw error;
    }
  };
  const inTurn = (work: () => Promise<void>): void => {
    chain = chain.then(work).catch(onFault);
  };
  const notify = async (note: Note): Promise<void> => {
    const { bus, abilities } = await opened();
    const actions = abilities.has('actions') ? [CLICK, '', ...note.actions.flatMap(({ label }, index) => [String(index), label])] : [];
    const body = abilities.has('body-markup') ? escaped(note.body) : note.body;
    const replaces = shown.get(note.id)?.number ?? 0;
    const answer = await bus.call({
      ...SERVER,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: ['Picferry', replaces, '', note.title, body, actions, hintsOf(note), ITS_TIME],
    });
    const [number] = answer;
    if (typeof number === 'number') shown.set(note.id, { number, note });
  };
  const withdraw = (id: string): void =>
    inTurn(async () => {
      const one = shown.get(id);
      shown.delete(id);
      if (one !== undefined) await (await opened()).bus.call({ ...SERVER, member: 'CloseNotification', signature: 'u', body: [one.number] });
    });

  return {
    show: (note) => inTurn(() => notify(note)),
    withdraw,
    close: () => {
      for (const id of [...shown.keys()]) withdraw(id);
      inTurn(async () => {
        if (server !== null) (await server).bus.close();
      });
    },
  };
};
