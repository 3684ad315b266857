import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A notification as it was asked for; `actions` are labels by key, `default` the click on it. */
export type PanelNote = {
  readonly id: number;
  readonly summary: string;
  readonly body: string;
  readonly actions: Readonly<Record<string, string>>;
  /** Address of a picture file, or ''. */
  readonly picture: string;
};

export type MenuNode = {
  readonly id: number;
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  /** A PNG file's bytes in hex. */
  readonly icon: string | null;
  readonly children: readonly MenuNode[];
};

/** A panel on this test's session bus: it shows tray icons and takes notifications until it is closed. */
export type Panel = {
  readonly menu: () => Promise<MenuNode>;
  /** Presses the line of this name, wherever it is in the menu. */
  readonly press: (label: string) => Promise<void>;
  /** A press on the icon itself. */
  readonly activate: () => Promise<void>;
  /** Null while no icon is shown. */
  readonly look: () => Promise<{ readonly tooltip: string; readonly icon: string } | null>;
  /** All so far, the replaced ones too. */
  readonly notes: () => Promise<readonly PanelNote[]>;
  /** Presses the action with this label, or the note itself. */
  readonly act: (note: PanelNote, label: string | 'itself') => Promise<void>;
  /** The desktop stops showing tray icons. */
  readonly hideTray: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const linesOf = (node: MenuNode): readonly MenuNode[] => [node, ...node.children.flatMap(linesOf)];

/** A menu that changes between being read and being pressed is read again, as panels do; four times a second is the most it changes. */
const REDRAWN_AT_MOST = 10;

/** Debian's own Python has the bindings; another one in the path has not. */
const PYTHON = '/usr/bin/python3';

export const startPanel = async (): Promise<Panel> => {
  const child = spawn(PYTHON, [join(__dirname, 'panel.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async <T>(): Promise<T> => {
    const { value, done } = await answers.next();
    if (done === true) throw new Error('the panel ended');
    const answer = JSON.parse(value) as { readonly value?: T; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  };
  let last: Promise<unknown> = read();
  const ask = <T>(name: string, value: unknown = null): Promise<T> => {
    const run = async (): Promise<T> => {
      child.stdin.write(`${JSON.stringify([name, value])}\n`);
      return read<T>();
    };
    const next = last.then(run, run);
    last = next;
    return next;
  };
  await last;
  const menu = (): Promise<MenuNode> => ask('layout');
  return {
    menu,
    press: async (label) => {
      for (let tries = 0; tries < REDRAWN_AT_MOST; tries += 1) {
        const line = linesOf(await menu()).find((one) => one.label === label);
        if (line === undefined) throw new Error(`the menu has no ${label}`);
        if (await ask<boolean>('press', line.id)) return;
      }
      throw new Error(`the menu is drawn anew all the time, so ${label} cannot be pressed`);
    },
    activate: () => ask('activate'),
    look: () => ask('look'),
    notes: () => ask('notes'),
    act: async ({ id, actions }, label) => {
      const key = label === 'itself' ? 'default' : Object.keys(actions).find((one) => one !== 'default' && actions[one] === label);
      if (key === undefined) throw new Error(`the note has no ${label}`);
      await ask('act', [id, key]);
    },
    hideTray: () => ask('hide-tray'),
    close: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
