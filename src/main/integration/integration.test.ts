import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ShortcutFile, StartCommand, SystemParts } from './contract';
import { createIntegration } from './create-integration';

const homes: string[] = [];
afterEach(() => homes.splice(0).forEach((home) => rmSync(home, { recursive: true, force: true })));

const command: StartCommand = { program: '/opt/Picferry/picferry', args: [], env: {} };

const bench = (platform: string, given: Partial<SystemParts> = {}) => {
  const home = mkdtempSync(join(tmpdir(), 'picferry-home-'));
  homes.push(home);
  const ran: string[][] = [];
  const shortcuts: [string, ShortcutFile][] = [];
  let ours = false;
  let known = false;
  const parts: SystemParts = {
    platform,
    home,
    env: { PATH: join(home, 'bin') },
    command,
    icon: '/opt/Picferry/icon.png',
    sendLabel: 'Send to Picferry',
    run: async (program, args) => {
      ran.push([program, ...args]);
      if (args[0] === 'add') known = true;
      if (args[0] === 'delete') known = false;
      return { code: args[0] === 'query' && !known ? 1 : 0, output: '' };
    },
    writeShortcut: (path, shortcut) => {
      shortcuts.push([path, shortcut]);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'lnk');
    },
    bundleLinks: { isOurs: () => ours, claim: () => (ours = true), leave: () => void (ours = false) },
    ...given,
  };
  const program = (name: string): void => {
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin', name), '');
  };
  const filesLeft = (): readonly string[] => readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('bin') && statSync(join(home, path)).isFile());
  return { home, parts, ran, shortcuts, program, filesLeft, integration: createIntegration(() => parts, () => 1), read: (...path: readonly string[]) => readFileSync(join(home, ...path), 'utf8') };
};

test('Linux: starts at login by a desktop entry in the autostart folder, and leaves nothing behind', async () => {
  const { integration, read, home, filesLeft } = bench('linux', {
    command: { program: '/home/me/My Apps/picferry', args: ['--no-sandbox', '/srv/100% "$pic"'], env: { PICFERRY_HOME: '/data' } },
  });
  expect((await integration.state()).login).toEqual({ state: 'off', places: [join(home, '.config', 'autostart', 'picferry.desktop')] });
  await integration.set('login', true);
  expect(read('.config', 'autostart', 'picferry.desktop')).toBe(`[Desktop Entry]
Type=Application
Version=1.5
Name=Picferry
Exec=env PICFERRY_HOME=/data "/home/me/My Apps/picferry" --no-sandbox "/srv/100%% \\\\"\\\\$pic\\\\"" --hidden
Icon=/opt/Picferry/icon.png
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
`);
  expect((await integration.state()).login.state).toBe('on');
  await integration.set('login', false);
  expect(filesLeft()).toEqual([]);
});

/** A program that writes down how it was started, in a place and under a name that have to be quoted. */
const recorder = (home: string): { readonly command: StartCommand; readonly told: () => Promise<readonly string[]> } => {
  const told = join(home, 'told');
  const program = join(home, "it's 100% a `program`");
  writeFileSync(program, `#!/bin/sh\n{ printf '%s\\n' "$PICFERRY_HOME" "$@"; } > '${told}.part' && mv '${told}.part' '${told}'\n`);
  chmodSync(program, 0o755);
  return {
    command: { program, args: ['/srv/100% "$pic"', 'back\\slash'], env: { PICFERRY_HOME: '/da ta' } },
    told: async () => {
      await expect.poll(() => existsSync(told)).toBe(true);
      const lines = readFileSync(told, 'utf8').split('\n').slice(0, -1);
      rmSync(told);
      return lines;
    },
  };
};
/** GIO, by which GNOME, Xfce and most others start programs and open links. */
const gio = (home: string, ...args: readonly string[]): string =>
  execFileSync('gio', [...args], { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });

test.runIf(process.platform === 'linux')('Linux: what is written is understood by the desktops: GIO starts the entry for the login, and opens picferry links by the other as long as it is there', async () => {
  const { home, parts } = bench('linux');
  const { command: own, told } = recorder(home);
  const integration = createIntegration(() => ({ ...parts, command: own }), () => 1);
  await integration.set('login', true);
  gio(home, 'launch', join(home, '.config', 'autostart', 'picferry.desktop'));
  expect(await told()).toEqual(['/da ta', '/srv/100% "$pic"', 'back\\slash', '--hidden']);

  expect(() => gio(home, 'open', 'picferry://upload?url=x')).toThrow();
  await integration.set('links', true);
  expect(gio(home, 'mime', 'x-scheme-handler/picferry')).toContain('picferry-links.desktop');
  const link = 'picferry://upload?url=https%3A%2F%2Fpictures.example%2Fa%20b.png&x=$HOME';
  gio(home, 'open', link);
  expect(await told()).toEqual(['/da ta', '/srv/100% "$pic"', 'back\\slash', '--link', '--', link]);
  await integration.set('links', false);
  expect(() => gio(home, 'open', link)).toThrow();
});

test('Linux: a start at login that the desktop\'s own settings switched off counts as off, and XDG_CONFIG_HOME is kept to', async () => {
  const { integration, home } = bench('linux');
  const own = join(home, 'conf');
  const elsewhere = createIntegration(() => ({ ...bench('linux').parts, env: { XDG_CONFIG_HOME: own } }), () => 1);
  await elsewhere.set('login', true);
  const entry = join(own, 'autostart', 'picferry.desktop');
  expect(existsSync(entry)).toBe(true);
  writeFileSync(entry, readFileSync(entry, 'utf8').replace('enabled=true', 'enabled=false'));
  expect((await elsewhere.state()).login.state).toBe('off');
  expect((await integration.state()).login.state).toBe('off');
});

test('macOS: starts at login by a launch agent of the person\'s', async () => {
  const { integration, read, filesLeft } = bench('darwin', { command: { program: '/Applications/Picferry.app/Contents/MacOS/Picferry', args: [], env: { PICFERRY_HOME: '/a & b' } } });
  await integration.set('login', true);
  expect(read('Library', 'LaunchAgents', 'app.picferry.login.plist')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>app.picferry.login</string>
  <key>ProgramArguments</key>
  <array>
    <string>/Applications/Picferry.app/Contents/MacOS/Picferry</string>
    <string>--hidden</string>
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PICFERRY_HOME</key>
    <string>/a &amp; b</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Interactive</string>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
</dict>
</plist>
`);
  await integration.set('login', false);
  expect(filesLeft()).toEqual([]);
});

const windowsCommand: StartCommand = { program: 'C:\\Program Files\\Picferry\\Picferry.exe', args: [], env: {} };

test('Windows: starts at login by a value of the Run key', async () => {
  const { integration, ran } = bench('win32', { command: windowsCommand });
  const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
  expect((await integration.state()).login.state).toBe('off');
  ran.splice(0);
  await integration.set('login', true);
  await integration.set('login', false);
  expect(ran).toEqual([
    ['reg.exe', 'add', key, '/v', 'Picferry', '/t', 'REG_SZ', '/d', '"C:\\Program Files\\Picferry\\Picferry.exe" --hidden', '/f'],
    ['reg.exe', 'delete', key, '/v', 'Picferry', '/f'],
  ]);
});

test('Windows: takes picferry links by a class of the registry', async () => {
  const { integration, ran } = bench('win32', { command: windowsCommand });
  const key = 'HKCU\\Software\\Classes\\picferry';
  await integration.set('links', true);
  await integration.set('links', false);
  expect(ran).toEqual([
    ['reg.exe', 'add', key, '/ve', '/t', 'REG_SZ', '/d', 'URL:Picferry', '/f'],
    ['reg.exe', 'add', key, '/v', 'URL Protocol', '/t', 'REG_SZ', '/d', '', '/f'],
    ['reg.exe', 'add', `${key}\\shell\\open\\command`, '/ve', '/t', 'REG_SZ', '/d', '"C:\\Program Files\\Picferry\\Picferry.exe" --link -- "%1"', '/f'],
    ['reg.exe', 'delete', key, '/f'],
  ]);
});

test('Linux: takes picferry links by a desktop entry that is the scheme\'s default', async () => {
  const { integration, home, read, filesLeft } = bench('linux');
  await integration.set('links', true);
  expect(read('.local', 'share', 'applications', 'picferry-links.desktop')).toContain('\nExec=/opt/Picferry/picferry --link -- %u\n');
  expect(read('.local', 'share', 'applications', 'picferry-links.desktop')).toContain('\nMimeType=x-scheme-handler/picferry;\n');
  expect(read('.config', 'mimeapps.list')).toBe('[Default Applications]\nx-scheme-handler/picferry=picferry-links.desktop\n');
  expect((await integration.state()).links).toMatchObject({ state: 'on' });
  await integration.set('links', false);
  expect(filesLeft()).toEqual([]);

  const others = '[Added Associations]\nimage/png=gimp.desktop;\n\n[Default Applications]\nimage/png=viewer.desktop\n';
  writeFileSync(join(home, '.config', 'mimeapps.list'), others);
  await integration.set('links', true);
  expect(read('.config', 'mimeapps.list')).toBe(others.replace('[Default Applications]\n', '[Default Applications]\nx-scheme-handler/picferry=picferry-links.desktop\n'));
  await integration.set('links', false);
  expect(read('.config', 'mimeapps.list')).toBe(others);
});

test('Linux: a list of defaults that is a link to elsewhere, as people who keep their settings in one place have it, stays a link', async () => {
  const { integration, home, read } = bench('linux');
  const kept = join(home, 'kept');
  writeFileSync(kept, '[Default Applications]\nimage/png=viewer.desktop\n');
  mkdirSync(join(home, '.config'));
  symlinkSync(kept, join(home, '.config', 'mimeapps.list'));
  await integration.set('links', true);
  expect(read('kept')).toContain('x-scheme-handler/picferry=picferry-links.desktop\n');
  await integration.set('links', false);
  expect(read('kept')).toBe('[Default Applications]\nimage/png=viewer.desktop\n');
  expect(lstatSync(join(home, '.config', 'mimeapps.list')).isSymbolicLink()).toBe(true);
});

test('macOS: asks Launch Services for the links, which the bundle declares', async () => {
  const { integration } = bench('darwin');
  await integration.set('links', true);
  expect((await integration.state()).links.state).toBe('on');
  await integration.set('links', false);
  expect((await integration.state()).links.state).toBe('off');
});

test('Linux: "Send to Picferry" goes to the file managers that are there, and away from all', async () => {
  const { integration, program, read, home, filesLeft } = bench('linux');
  expect((await integration.state()).sendTo).toEqual({ state: 'unavailable', places: [] });
  program('thunar');
  program('dolphin');
  program('nautilus');
  await integration.set('sendTo', true);
  expect(read('.local', 'share', 'kio', 'servicemenus', 'picferry-send.desktop')).toBe(`[Desktop Entry]
Type=Service
ServiceTypes=KonqPopupMenu/Plugin
MimeType=image/*;video/*;inode/directory;
Actions=sendToPicferry;

[Desktop Action sendToPicferry]
Name=Send to Picferry
Icon=/opt/Picferry/icon.png
Exec=/opt/Picferry/picferry --send -- %F
`);
  expect(statSync(join(home, '.local', 'share', 'kio', 'servicemenus', 'picferry-send.desktop')).mode & 0o111).toBe(0o111);
  const uca = read('.config', 'Thunar', 'uca.xml');
  expect(uca).toContain('<unique-id>picferry-send</unique-id>\n\t<command>/opt/Picferry/picferry --send -- %F</command>');
  expect((await integration.state()).sendTo.state).toBe('on');
  await integration.set('sendTo', true);
  expect(read('.config', 'Thunar', 'uca.xml')).toBe(uca);
  await integration.set('sendTo', false);
  expect(filesLeft()).toEqual([]);
});

test('the script for Nautilus gives the program each selected file whole, and nothing when none is selected', async () => {
  const { home, program, parts } = bench('linux');
  const told = join(home, 'told');
  const fake = join(home, "it's a program");
  writeFileSync(fake, `#!/bin/sh\nfor one in "$@"; do printf '%s\\n' "$one" >> '${told}'; done\n`);
  chmodSync(fake, 0o755);
  program('nautilus');
  await createIntegration(() => ({ ...parts, command: { ...command, program: fake } }), () => 1).set('sendTo', true);
  const script = join(home, '.local', 'share', 'nautilus', 'scripts', 'Picferry');
  execFileSync(script, { env: { NAUTILUS_SCRIPT_SELECTED_FILE_PATHS: '' } });
  expect(existsSync(told)).toBe(false);
  execFileSync(script, { env: { NAUTILUS_SCRIPT_SELECTED_FILE_PATHS: '/a b/*.png\n/图 $HOME "x".gif\n' } });
  expect(readFileSync(told, 'utf8').split('\n')).toEqual(['--send', '--', '/a b/*.png', '/图 $HOME "x".gif', '']);
});

test('Thunar keeps the actions of others, as they are', async () => {
  const { integration, program, home, read } = bench('linux');
  program('thunar');
  const others = '<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n<action>\n\t<name>Open Terminal Here</name>\n\t<unique-id>1-1</unique-id>\n\t<command>exo-open</command>\n</action>\n</actions>\n';
  mkdirSync(join(home, '.config', 'Thunar'), { recursive: true });
  writeFileSync(join(home, '.config', 'Thunar', 'uca.xml'), others);
  await integration.set('sendTo', true);
  expect(read('.config', 'Thunar', 'uca.xml')).toContain('Open Terminal Here');
  await integration.set('sendTo', false);
  expect(read('.config', 'Thunar', 'uca.xml')).toBe(others);
  writeFileSync(join(home, '.config', 'Thunar', 'uca.xml'), 'not a list');
  await expect(integration.set('sendTo', true)).rejects.toMatchObject({ problem: { kind: 'file', message: 'systemRefused' } });
  expect(read('.config', 'Thunar', 'uca.xml')).toBe('not a list');
});

test('Windows: "Send to" is a shortcut in Explorer\'s folder', async () => {
  const { integration, shortcuts, home, filesLeft } = bench('win32', { command: { ...windowsCommand, args: ['C:\\dev\\pic ferry\\'] } });
  await integration.set('sendTo', true);
  expect(shortcuts).toEqual([
    [
      join(home, 'AppData', 'Roaming', 'Microsoft', 'Windows', 'SendTo', 'Picferry.lnk'),
      { target: windowsCommand.program, args: '"C:\\dev\\pic ferry\\\\" --send --', icon: windowsCommand.program, description: 'Send to Picferry' },
    ],
  ]);
  expect((await integration.state()).sendTo.state).toBe('on');
  await integration.set('sendTo', false);
  expect(filesLeft()).toEqual([]);
});

test('macOS: "Send to Picferry" is a Quick Action whose property lists are well formed', async () => {
  const { integration, read, ran, filesLeft, home } = bench('darwin', { command: { program: "/Applications/It's Picferry.app/Contents/MacOS/Picferry", args: [], env: {} } });
  await integration.set('sendTo', true);
  const folder = ['Library', 'Services', 'Send to Picferry.workflow', 'Contents'] as const;
  expect(read(...folder, 'Info.plist')).toContain('<string>runWorkflowAsService</string>');
  expect(read(...folder, 'document.wflow')).toContain(
    '<string>&apos;/Applications/It&apos;\\&apos;&apos;s Picferry.app/Contents/MacOS/Picferry&apos; --send -- &quot;$@&quot; &gt;/dev/null 2&gt;&amp;1 &amp;</string>',
  );
  for (const name of ['Info.plist', 'document.wflow']) {
    const words = execFileSync('/usr/bin/python3', ['-c', 'import plistlib,sys;print(sorted(plistlib.load(open(sys.argv[1],"rb"))))', join(home, ...folder, name)], { encoding: 'utf8' });
    expect(words.length).toBeGreaterThan(3);
  }
  await integration.set('sendTo', false);
  expect(ran).toEqual([['/System/Library/CoreServices/pbs', '-update'], ['/System/Library/CoreServices/pbs', '-update']]);
  expect(filesLeft()).toEqual([]);
});

test('brings up to date what is installed when Picferry lies elsewhere, and installs nothing else', async () => {
  const { parts, home, filesLeft, read } = bench('linux');
  let program = '/old/picferry';
  const integration = createIntegration(() => ({ ...parts, command: { ...command, program } }), () => 1);
  await integration.set('login', true);
  program = '/new/picferry';
  await integration.refresh();
  expect(read('.config', 'autostart', 'picferry.desktop')).toContain('Exec=/new/picferry --hidden');
  expect(filesLeft()).toHaveLength(1);
  expect(home).not.toBe('');
});

test('says where a system refuses', async () => {
  const { home, integration } = bench('linux');
  writeFileSync(join(home, '.config'), 'a file');
  await expect(integration.set('login', true)).rejects.toMatchObject({ problem: { kind: 'file', message: 'systemRefused', params: { place: join(home, '.config', 'autostart', 'picferry.desktop') } } });
});
