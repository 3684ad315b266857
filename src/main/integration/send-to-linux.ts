import { join } from 'node:path';
import type { ActBody, SystemParts } from './contract';
import { configFolder, dropEmpty, dropFile, isInPath, putFile, sharedFolder, textOf } from './files';
import { execLine, shellLine } from './start-line';
import { hasAction, hasNoAction, withAction, withoutAction } from './thunar-actions';

const SEND = ['--send', '--'] as const;
const THUNAR_ID = 'picferry-send';
/** What Thunar shows while a person has no list of their own. */
const THUNAR_DEFAULTS = '/etc/xdg/Thunar/uca.xml';

/** A file manager's own way to have an action on files. */
type Place = { readonly programs: readonly string[]; readonly path: string; readonly isOn: () => boolean; readonly install: () => void; readonly remove: () => void };

const nautilus = (parts: SystemParts): Place => {
  const folder = join(sharedFolder(parts), 'nautilus', 'scripts');
  const path = join(folder, 'Picferry');
  // Nautilus gives the selected files' paths in this variable, one a line.
  const script = `#!/bin/sh
# Made by Picferry: sends the selected files to it.
set -f
IFS='
'
set -- $NAUTILUS_SCRIPT_SELECTED_FILE_PATHS
[ "$#" -gt 0 ] || exit 0
exec ${shellLine(parts.command, SEND, '"$@"')}
`;
  return {
    programs: ['nautilus'],
    path,
    isOn: () => textOf(path) !== null,
    install: () => putFile(path, script, 0o755),
    remove: () => {
      dropFile(path);
      dropEmpty(folder);
    },
  };
};

const dolphin = (parts: SystemParts): Place => {
  const path = join(sharedFolder(parts), 'kio', 'servicemenus', 'picferry-send.desktop');
  const entry = `[Desktop Entry]
Type=Service
ServiceTypes=KonqPopupMenu/Plugin
MimeType=image/*;video/*;inode/directory;
Actions=sendToPicferry;

[Desktop Action sendToPicferry]
Name=${parts.sendLabel}
Icon=${parts.icon}
Exec=${execLine(parts.command, SEND, '%F')}
`;
  // KDE runs service menus of a person's own only when they are executable.
  return { programs: ['dolphin', 'konqueror'], path, isOn: () => textOf(path) !== null, install: () => putFile(path, entry, 0o755), remove: () => dropFile(path) };
};

const thunar = (parts: SystemParts): Place => {
  const path = join(configFolder(parts), 'Thunar', 'uca.xml');
  const action = { id: THUNAR_ID, name: parts.sendLabel, icon: parts.icon, command: `${shellLine(parts.command, SEND).replaceAll('%', '%%')} %F` };
  return {
    programs: ['thunar'],
    path,
    isOn: () => hasAction(textOf(path) ?? '', THUNAR_ID),
    install: () => {
      const text = withAction(textOf(path) ?? textOf(THUNAR_DEFAULTS), action);
      if (text === null) throw new Error(`${path} is not a list of actions`);
      putFile(path, text);
    },
    remove: () => {
      const found = textOf(path);
      if (found === null) return;
      const left = withoutAction(found, THUNAR_ID);
      if (hasNoAction(left) || left === textOf(THUNAR_DEFAULTS)) dropFile(path);
      else if (left !== found) putFile(path, left);
    },
  };
};

/** An action in the menus of those file managers that are installed. */
export const linuxSendTo = (parts: SystemParts): ActBody => {
  const all = [nautilus(parts), dolphin(parts), thunar(parts)];
  const here = (): readonly Place[] => all.filter((place) => place.programs.some((name) => isInPath(parts, name)));
  return {
    places: () => here().map(({ path }) => path),
    isOn: async () => all.some((place) => place.isOn()),
    install: async () => here().forEach((place) => place.install()),
    remove: async () => all.forEach((place) => place.remove()),
  };
};
