import { join } from 'node:path';
import type { ActBody, SystemParts } from './contract';
import { configFolder, dropFile, putFile, textOf } from './files';
import { xmlQuoted } from './quoting';
import { execLine, plainWords, windowsLine } from './start-line';

/** The argument of a start that shows no window. */
const SILENT = ['--hidden'] as const;

/** A desktop entry in the autostart folder (Desktop Application Autostart Specification). */
const linuxLogin = (parts: SystemParts): ActBody => {
  const path = join(configFolder(parts), 'autostart', 'picferry.desktop');
  const text = `[Desktop Entry]
Type=Application
Version=1.5
Name=Picferry
Exec=${execLine(parts.command, SILENT)}
Icon=${parts.icon}
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
`;
  return {
    places: () => [path],
    isOn: async () => {
      const found = textOf(path);
      return found !== null && !/^Hidden=true$/m.test(found) && !/^X-GNOME-Autostart-enabled=false$/m.test(found);
    },
    install: async () => putFile(path, text),
    remove: async () => dropFile(path),
  };
};

const LABEL = 'app.picferry.login';

/** A launch agent of the person's: a login item of macOS could not be told to show no window. */
const macLogin = (parts: SystemParts): ActBody => {
  const path = join(parts.home, 'Library', 'LaunchAgents', `${LABEL}.plist`);
  const words = plainWords(parts.command, SILENT).map((word) => `    <string>${xmlQuoted(word)}</string>\n`);
  const env = Object.entries(parts.command.env).map(([name, value]) => `    <key>${xmlQuoted(name)}</key>\n    <string>${xmlQuoted(value)}</string>\n`);
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${words.join('')}  </array>
${env.length === 0 ? '' : `  <key>EnvironmentVariables</key>\n  <dict>\n${env.join('')}  </dict>\n`}  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Interactive</string>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
</dict>
</plist>
`;
  return {
    places: () => [path],
    isOn: async () => textOf(path) !== null,
    install: async () => putFile(path, text),
    remove: async () => dropFile(path),
  };
};

const RUN_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const VALUE = 'Picferry';

/** A value of the registry's Run key. */
const windowsLogin = ({ command, run }: SystemParts): ActBody => ({
  places: () => [`${RUN_KEY}\\${VALUE}`],
  isOn: async () => (await run('reg.exe', ['query', RUN_KEY, '/v', VALUE])).code === 0,
  install: async () => {
    const { code, output } = await run('reg.exe', ['add', RUN_KEY, '/v', VALUE, '/t', 'REG_SZ', '/d', windowsLine(command, SILENT), '/f']);
    if (code !== 0) throw new Error(output);
  },
  remove: async () => {
    // It ends with 1 where there is no such value, which is as wanted.
    await run('reg.exe', ['delete', RUN_KEY, '/v', VALUE, '/f']);
  },
});

/** Starts Picferry at login, without a window. */
export const loginBody = (parts: SystemParts): ActBody | null => {
  switch (parts.platform) {
    case 'linux':
      return linuxLogin(parts);
    case 'darwin':
      return macLogin(parts);
    case 'win32':
      return windowsLogin(parts);
    default:
      return null;
  }
};
