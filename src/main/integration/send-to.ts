import { join } from 'node:path';
import { existsSync } from 'node:fs';
import type { ActBody, SystemParts } from './contract';
import { dropFile, dropFolder, putFile } from './files';
import { xmlQuoted } from './quoting';
import { linuxSendTo } from './send-to-linux';
import { shellLine, windowsArgs } from './start-line';

const SEND = ['--send', '--'] as const;

/** A shortcut in the folder of Explorer's "Send to" menu; Explorer puts the files behind its arguments. */
const windowsSendTo = (parts: SystemParts): ActBody => {
  const roaming = parts.env['APPDATA'] ?? join(parts.home, 'AppData', 'Roaming');
  const path = join(roaming, 'Microsoft', 'Windows', 'SendTo', 'Picferry.lnk');
  return {
    places: () => [path],
    isOn: async () => existsSync(path),
    install: async () =>
      parts.writeShortcut(path, { target: parts.command.program, args: windowsArgs(parts.command, SEND), icon: parts.command.program, description: parts.sendLabel }),
    remove: async () => dropFile(path),
  };
};

const PLIST = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

/** What Finder's menu shows, and for which files. */
const serviceInfo = (label: string): string => `${PLIST}<plist version="1.0">
<dict>
  <key>NSServices</key>
  <array>
    <dict>
      <key>NSMenuItem</key>
      <dict>
        <key>default</key>
        <string>${xmlQuoted(label)}</string>
      </dict>
      <key>NSMessage</key>
      <string>runWorkflowAsService</string>
      <key>NSRequiredContext</key>
      <dict>
        <key>NSApplicationIdentifier</key>
        <string>com.apple.finder</string>
      </dict>
      <key>NSSendFileTypes</key>
      <array>
        <string>public.image</string>
        <string>public.movie</string>
        <string>public.folder</string>
      </array>
    </dict>
  </array>
</dict>
</plist>
`;

/** Automator's "Run Shell Script" with the files as arguments. */
const workflow = (script: string): string => `${PLIST}<plist version="1.0">
<dict>
  <key>AMApplicationVersion</key>
  <string>2.10</string>
  <key>AMDocumentVersion</key>
  <string>2</string>
  <key>actions</key>
  <array>
    <dict>
      <key>action</key>
      <dict>
        <key>ActionBundlePath</key>
        <string>/System/Library/Automator/Run Shell Script.action</string>
        <key>ActionName</key>
        <string>Run Shell Script</string>
        <key>ActionParameters</key>
        <dict>
          <key>COMMAND_STRING</key>
          <string>${xmlQuoted(script)}</string>
          <key>CheckedForUserDefaultShell</key>
          <true/>
          <key>inputMethod</key>
          <integer>1</integer>
          <key>shell</key>
          <string>/bin/sh</string>
        </dict>
        <key>BundleIdentifier</key>
        <string>com.apple.RunShellScript</string>
        <key>Class Name</key>
        <string>RunShellScriptAction</string>
      </dict>
    </dict>
  </array>
  <key>workflowMetaData</key>
  <dict>
    <key>serviceInputTypeIdentifier</key>
    <string>com.apple.Automator.fileSystemObject</string>
    <key>serviceOutputTypeIdentifier</key>
    <string>com.apple.Automator.nothing</string>
    <key>workflowTypeIdentifier</key>
    <string>com.apple.Automator.servicesMenu</string>
  </dict>
</dict>
</plist>
`;

/** A Quick Action in the person's Services. */
const macSendTo = (parts: SystemParts): ActBody => {
  const path = join(parts.home, 'Library', 'Services', 'Send to Picferry.workflow');
  // What the action starts must not end with it.
  const script = `${shellLine(parts.command, SEND, '"$@"')} >/dev/null 2>&1 &`;
  const tellServices = (): Promise<unknown> => parts.run('/System/Library/CoreServices/pbs', ['-update']);
  return {
    places: () => [path],
    isOn: async () => existsSync(path),
    install: async () => {
      putFile(join(path, 'Contents', 'Info.plist'), serviceInfo(parts.sendLabel));
      putFile(join(path, 'Contents', 'document.wflow'), workflow(script));
      await tellServices();
    },
    remove: async () => {
      dropFolder(path);
      await tellServices();
    },
  };
};

/** "Send to Picferry" in the file manager. */
export const sendToBody = (parts: SystemParts): ActBody | null => {
  switch (parts.platform) {
    case 'linux':
      return linuxSendTo(parts);
    case 'darwin':
      return macSendTo(parts);
    case 'win32':
      return windowsSendTo(parts);
    default:
      return null;
  }
};
