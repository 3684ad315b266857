import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** True where windows can be shown. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** What to say where there is no display. */
export const noDisplay =
  'there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n' +
  '  without a window:      npm start -- upload FILE\n' +
  '  all commands:          npm start -- --help\n' +
  '  on a virtual display:  xvfb-run -a npm start';

const onPath = (name) => (process.env.PATH || '').split(delimiter).some((folder) => folder && existsSync(join(folder, name)));

/** A command wrapped so that on Linux it has a virtual display and a message bus of its own. */
export const onVirtualDisplay = (command, args) => {
  if (process.platform !== 'linux') return [command, args];
  let wrapped = [command, ...args];
  if (onPath('xvfb-run')) wrapped = ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24 -nolisten tcp', ...wrapped];
  if (onPath('dbus-run-session')) wrapped = ['dbus-run-session', '--', ...wrapped];
  return [wrapped[0], wrapped.slice(1)];
};
