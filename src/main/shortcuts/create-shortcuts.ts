import type { Settings, Shortcut, ShortcutName, Shortcuts } from '../../shared/model/settings';
import type { ShortcutState, ShortcutTest } from '../../shared/model/shortcut-state';
import { sameKeys } from '../../shared/shortcuts';
import type { GlobalKeysPort, ShortcutsService } from './contract';

export type ShortcutsDeps = {
  readonly keys: GlobalKeysPort;
  readonly settings: { readonly current: () => Settings; readonly onChange: (listener: (settings: Settings) => void) => () => void };
  /** What a key does. Called once a press; a key that is held down repeats and is one press. */
  readonly act: (name: ShortcutName, shortcut: Shortcut) => void;
  /** A command line that does what the key of this name does. */
  readonly commandFor: (name: ShortcutName) => string;
  readonly mac: boolean;
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
};

export const NAMES: readonly ShortcutName[] = ['uploadClipboard', 'captureRegion', 'captureWindow', 'captureScreen', 'openWindow'];
/** Longer than systems wait before a held key repeats, and than between two repeats. */
const REPEAT_MS = 800;
const TEST_MS = 15_000;
/** A recorder that was left behind gives the keys back after this. */
const RECORD_MS = 60_000;

type Test = { readonly name: ShortcutName; readonly end: (result: ShortcutTest) => void };

/** Registers the keys of the settings and keeps to them as they change. */
export const createShortcuts = (deps: ShortcutsDeps): ShortcutsService => {
  const { keys, settings, mac, now, after } = deps;
  const listeners = new Set<() => void>();
  const held = new Map<ShortcutName, string>();
  const lastPress = new Map<ShortcutName, number>();
  let states: readonly ShortcutState[] = [];
  let rev = 0;
  let wanted = settings.current().shortcuts;
  let recording: (() => void) | null = null;
  let test: Test | null = null;

  const pressed = (name: ShortcutName): void => {
    const before = lastPress.get(name);
    lastPress.set(name, now());
    if (test !== null) {
      if (test.name === name) test.end('pressed');
      return;
    }
    if (before === undefined || now() - before >= REPEAT_MS || now() < before) deps.act(name, wanted[name]);
  };
  const letGo = (name: ShortcutName): void => {
    const accelerator = held.get(name);
    if (accelerator !== undefined) keys.unregister(accelerator);
    held.delete(name);
  };
  const ask = (name: ShortcutName, accelerator: string | null): ShortcutState['state'] => {
    if (accelerator === null) return 'off';
    if (keys.support === 'none') return 'unavailable';
    if (!held.has(name)) {
      const answer = keys.register(accelerator, () => pressed(name));
      if (answer === 'bad') return 'bad';
      if (!answer) return 'refused';
      held.set(name, accelerator);
    }
    return keys.support === 'portal' ? 'asked' : 'registered';
  };
  const register = (): void => {
    for (const [name, accelerator] of [...held]) if (recording !== null || wanted[name].accelerator !== accelerator) letGo(name);
    if (recording !== null) return;
    const taken = new Map<string, ShortcutName>();
    states = NAMES.map((name) => {
      const { accelerator } = wanted[name];
      const same = accelerator === null ? '' : sameKeys(accelerator, mac);
      const sameAs = accelerator === null ? null : (taken.get(same) ?? null);
      if (accelerator !== null && sameAs === null) taken.set(same, name);
      const command = keys.support === 'grabs' ? null : deps.commandFor(name);
      return { name, accelerator, sameAs, command, state: sameAs === null ? ask(name, accelerator) : 'refused' };
    });
    rev += 1;
    for (const listener of [...listeners]) listener();
  };
  const stopRecording = (): void => {
    recording?.();
    recording = null;
    register();
  };
  const off = settings.onChange(({ shortcuts }) => {
    if (JSON.stringify(shortcuts) === JSON.stringify(wanted)) return;
    // A key that changes is one the person has let go of: what stands in its place may be pressed at once.
    forgetPresses(lastPress, wanted, shortcuts);
    wanted = shortcuts;
    register();
  });
  register();
  return {
    list: () => states,
    rev: () => rev,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    record: (on) => {
      if (!on) return recording === null ? undefined : stopRecording();
      recording?.();
      recording = after(RECORD_MS, stopRecording);
      register();
    },
    tryAgain: register,
    test: (name) => {
      test?.end('stopped');
      if (!held.has(name)) return Promise.resolve('refused');
      return new Promise((resolve) => {
        const cancel = after(TEST_MS, () => test?.end('silent'));
        test = {
          name,
          end: (result) => {
            cancel();
            test = null;
            resolve(result);
          },
        };
      });
    },
    stopTest: () => test?.end('stopped'),
    act: (name) => deps.act(name, wanted[name]),
    close: () => {
      off();
      test?.end('stopped');
      recording?.();
      for (const name of NAMES) letGo(name);
      listeners.clear();
    },
  };
};

const forgetPresses = (presses: Map<ShortcutName, number>, before: Shortcuts, now: Shortcuts): void => {
  for (const name of NAMES) if (before[name].accelerator !== now[name].accelerator) presses.delete(name);
};
