import { describe, expect, it } from 'vitest';
import type { HostCommand, HostReport } from '../../host/messages';
import { PicferryError } from '../../lib/picferry-error';
import { Settings } from '../../shared/model/settings';
import type { Child } from '../services';
import { createSettings } from '../settings';
import { createThisComputer } from '.';

type Answer = (command: HostCommand, reply: (report: HostReport) => void) => void;
type FakeChild = { readonly commands: HostCommand[]; readonly die: () => void };

const listening = (port: number): HostReport => ({
  type: 'listening',
  port,
  baseUrl: `http://127.0.0.1:${port}`,
  deletePort: null,
  folderId: 'f',
  keys: { wizs: 'k', easyimages: 'k', imgurl: { uid: 'u', token: 't' }, chevereto: 'k' },
});
const taken = (port: number, by: Extract<HostReport, { type: 'failed' }>['by']): HostReport => ({ type: 'failed', code: 'port-taken', message: 'taken', port, by });

/** A host process that answers as told, and a clock that stands still until it is moved. */
function world(answer: Answer, hostPort: number | null = null) {
  const settings = createSettings({ read: () => ({}), write: () => undefined }, { settings: Settings.parse({ hostPort }), readOnly: false }, () => 0);
  const children: FakeChild[] = [];
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const start = (): Child => {
    const listeners = new Set<(message: unknown) => void>();
    const exits = new Set<(code: number | null) => void>();
    const commands: HostCommand[] = [];
    const die = (): void => {
      for (const tell of [...exits]) tell(1);
    };
    children.push({ commands, die });
    return {
      send: (message) => {
        const command = message as HostCommand;
        commands.push(command);
        if (command.type === 'stop') queueMicrotask(die);
        else queueMicrotask(() => answer(command, (report) => [...listeners].forEach((take) => take(report))));
      },
      onMessage: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
      onExit: (listener) => (exits.add(listener), () => exits.delete(listener)),
      held: () => null,
      kill: die,
    };
  };
  const computer = createThisComputer({
    folder: '/data',
    settings,
    children: { start },
    now: () => time,
    after: (ms, work) => {
      const timer = { at: time + ms, work };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 10; n += 1) await Promise.resolve();
  };
  /** Lets time pass in steps, as timers come due. */
  const pass = async (ms: number): Promise<void> => {
    for (const until = time + ms; ; ) {
      await settle();
      const due = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        time = until;
        return settle();
      }
      timers.delete(due);
      time = Math.max(time, due.at);
      due.work();
    }
  };
  return { computer, settings, children, pass, waiting: () => timers.size };
}

describe('this computer', () => {
  it('is started once however often it is asked, and its port is kept', async () => {
    const { computer, settings, children } = world((_command, reply) => reply(listening(23_000)));
    const [first, second] = await Promise.all([computer.start(), computer.start()]);
    expect(first).toEqual(second);
    expect(first.url).toBe('http://127.0.0.1:23000');
    expect(children).toHaveLength(1);
    expect(settings.current().hostPort).toBe(23_000);
    expect(children[0]?.commands[0]).toMatchObject({ type: 'start', port: 'kept', mode: 'product', key: first.key });
  });

  it('has another write key with every start', async () => {
    const { computer } = world((_command, reply) => reply(listening(23_000)));
    const { key } = await computer.start();
    await computer.stop();
    expect((await computer.start()).key).not.toBe(key);
  });

  it('waits for a predecessor that still holds the port, and keeps the port', async () => {
    let tries = 0;
    const { computer, pass, children } = world((_command, reply) => {
      tries += 1;
      reply(tries < 4 ? taken(23_000, { kind: 'picferry-host', folderId: 'f', sameFolder: true }) : listening(23_000));
    }, 23_000);
    const started = computer.start();
    await pass(1000);
    expect((await started).url).toBe('http://127.0.0.1:23000');
    expect(children).toHaveLength(1);
    expect(children[0]?.commands.every((command) => command.type === 'start' && command.port === 23_000)).toBe(true);
  });

  it('says by what the port is taken, keeps it, and can be asked again', async () => {
    let free = false;
    const { computer, settings } = world((_command, reply) => reply(free ? listening(23_000) : taken(23_000, { kind: 'process', name: 'nginx', pid: 812 })), 23_000);
    const refused = await computer.start().then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(PicferryError);
    expect((refused as PicferryError).problem).toMatchObject({ message: 'portTakenBy', params: { port: 23_000, program: 'nginx', pid: 812 } });
    expect(settings.current().hostPort).toBe(23_000);
    free = true;
    expect((await computer.start()).url).toBe('http://127.0.0.1:23000');
  });

  it('is started again when it dies, after longer pauses each time, and not after a stop', async () => {
    const { computer, children, pass, waiting } = world((_command, reply) => reply(listening(23_000)));
    await computer.start();
    children[0]?.die();
    await pass(0);
    expect(children).toHaveLength(2);
    children[1]?.die();
    await pass(999);
    expect(children).toHaveLength(2);
    await pass(1);
    expect(children).toHaveLength(3);
    await computer.stop();
    await pass(100_000);
    expect(children).toHaveLength(3);
    expect(waiting()).toBe(0);
  });
});
