import type { StartCommand } from './contract';
import { execQuoted, shellQuoted, windowsQuoted } from './quoting';

const words = ({ program, args }: StartCommand, more: readonly string[]): readonly string[] => [program, ...args, ...more];
const settings = ({ env }: StartCommand): readonly string[] => Object.entries(env).map(([name, value]) => `${name}=${value}`);
/** `env` sets what the command needs, where a file cannot. */
const withEnv = (command: StartCommand, more: readonly string[]): readonly string[] => {
  const set = settings(command);
  return [...(set.length === 0 ? [] : ['env', ...set]), ...words(command, more)];
};

/** The Exec line of a desktop entry; `field` is a field code such as `%F`. */
export const execLine = (command: StartCommand, more: readonly string[], field = ''): string =>
  [...withEnv(command, more).map(execQuoted), ...(field === '' ? [] : [field])].join(' ');

/** A command of `sh`. `rest` is put behind it as it is. */
export const shellLine = (command: StartCommand, more: readonly string[], rest = ''): string => [...withEnv(command, more).map(shellQuoted), ...(rest === '' ? [] : [rest])].join(' ');

/** A command line of Windows. The environment is the person's own there. `rest` is put behind it as it is. */
export const windowsLine = (command: StartCommand, more: readonly string[], rest = ''): string => [...words(command, more).map(windowsQuoted), ...(rest === '' ? [] : [rest])].join(' ');

/** The arguments alone, for a shortcut. */
export const windowsArgs = ({ args }: StartCommand, more: readonly string[]): string => [...args, ...more].map(windowsQuoted).join(' ');

/** The words one by one, for a property list. */
export const plainWords = words;
