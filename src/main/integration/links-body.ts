import { join } from 'node:path';
import { SCHEME, type ActBody, type SystemParts } from './contract';
import { configFolder, dropFile, putFile, sharedFolder, textOf } from './files';
import { isDefault, withDefault, withoutDefault } from './mime-defaults';
import { execLine, windowsLine } from './start-line';

const OPEN = ['--link', '--'] as const;
const ENTRY = 'picferry-links.desktop';
const TYPE = `x-scheme-handler/${SCHEME}`;

/** A desktop entry that takes the links, and this entry as the scheme's default in the person's mimeapps.list. */
const linuxLinks = (parts: SystemParts): ActBody => {
  const entry = join(sharedFolder(parts), 'applications', ENTRY);
  const defaults = join(configFolder(parts), 'mimeapps.list');
  const text = `[Desktop Entry]
Type=Application
Version=1.5
Name=Picferry
Exec=${execLine(parts.command, OPEN, '%u')}
Icon=${parts.icon}
Terminal=false
NoDisplay=true
MimeType=${TYPE};
`;
  return {
    places: () => [entry, defaults],
    isOn: async () => textOf(entry) !== null && isDefault(textOf(defaults) ?? '', TYPE, ENTRY),
    install: async () => {
      putFile(entry, text);
      putFile(defaults, withDefault(textOf(defaults) ?? '', TYPE, ENTRY));
    },
    remove: async () => {
      dropFile(entry);
      const found = textOf(defaults);
      if (found === null) return;
      const left = withoutDefault(found, TYPE, ENTRY);
      if (left.trim() === '') dropFile(defaults);
      else if (left !== found) putFile(defaults, left);
    },
  };
};

const CLASS_KEY = `HKCU\\Software\\Classes\\${SCHEME}`;

/** A class of the registry with the mark of a URL protocol and the command that opens one. */
const windowsLinks = ({ command, run }: SystemParts): ActBody => {
  const add = async (key: string, args: readonly string[]): Promise<void> => {
    const { code, output } = await run('reg.exe', ['add', key, ...args, '/f']);
    if (code !== 0) throw new Error(output);
  };
  return {
    places: () => [CLASS_KEY],
    isOn: async () => (await run('reg.exe', ['query', `${CLASS_KEY}\\shell\\open\\command`, '/ve'])).code === 0,
    install: async () => {
      await add(CLASS_KEY, ['/ve', '/t', 'REG_SZ', '/d', 'URL:Picferry']);
      await add(CLASS_KEY, ['/v', 'URL Protocol', '/t', 'REG_SZ', '/d', '']);
      await add(`${CLASS_KEY}\\shell\\open\\command`, ['/ve', '/t', 'REG_SZ', '/d', windowsLine(command, OPEN, '"%1"')]);
    },
    remove: async () => {
      await run('reg.exe', ['delete', CLASS_KEY, '/f']);
    },
  };
};

/** macOS knows the scheme from the bundle's Info.plist (CFBundleURLTypes); being its default is asked of Launch Services. */
const macLinks = ({ bundleLinks }: SystemParts): ActBody => ({
  places: () => [`${SCHEME}://`],
  isOn: async () => bundleLinks.isOurs(),
  install: async () => {
    if (!bundleLinks.claim()) throw new Error('Launch Services refused the scheme');
  },
  remove: async () => bundleLinks.leave(),
});

/** Opens `picferry://` links with Picferry. */
export const linksBody = (parts: SystemParts): ActBody | null => {
  switch (parts.platform) {
    case 'linux':
      return linuxLinks(parts);
    case 'darwin':
      return macLinks(parts);
    case 'win32':
      return windowsLinks(parts);
    default:
      return null;
  }
};
