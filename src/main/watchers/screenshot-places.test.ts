import { expect, test } from 'vitest';
import { fitsPattern } from './name-pattern';
import { findScreenshotPlaces, type PlaceSources } from './screenshot-places';

type Recorded = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** What programs print, by their command line. */
  readonly programs?: Readonly<Record<string, string>>;
  /** All folders that are there; all that are asked for when absent. */
  readonly folders?: readonly string[];
};

const find = async ({ platform, home, env = {}, files = {}, programs = {}, folders }: Recorded): Promise<readonly string[]> => {
  const sources: PlaceSources = {
    platform,
    home,
    env,
    readText: async (path) => files[path] ?? '',
    run: async (program, args) => programs[[program, ...args].join(' ')] ?? '',
    isFolder: async (path) => folders === undefined || folders.includes(path),
  };
  return (await findScreenshotPlaces(sources)).map(({ path, patterns }) => (patterns.length === 0 ? path : `${path} by name`));
};

const QUERY = 'reg query HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';
const registry = (...lines: readonly string[]): string => `\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders\r\n${lines.map((line) => `    ${line}\r\n`).join('')}\r\n`;

test('Windows: the known folder, wherever it was moved', async () => {
  const programs = {
    [QUERY]: registry('Desktop    REG_EXPAND_SZ    %USERPROFILE%\\Desktop', 'My Pictures    REG_EXPAND_SZ    %USERPROFILE%\\Pictures', '{B7BEDE81-DF94-4682-A7D8-57A52620B86F}    REG_EXPAND_SZ    D:\\Bilder\\Meine Bildschirmfotos'),
  };
  expect(await find({ platform: 'win32', home: 'C:\\Users\\me', programs, folders: ['D:\\Bilder\\Meine Bildschirmfotos'] })).toEqual(['D:\\Bilder\\Meine Bildschirmfotos']);
});

test('Windows: as it comes, and when nothing can be asked', async () => {
  const programs = { [QUERY]: registry('My Pictures    REG_EXPAND_SZ    %USERPROFILE%\\Pictures') };
  const here = { platform: 'win32', home: 'C:\\Users\\me', folders: ['C:\\Users\\me\\Pictures\\Screenshots'] } as const;
  expect(await find({ ...here, programs })).toEqual(['C:\\Users\\me\\Pictures\\Screenshots']);
  expect(await find(here)).toEqual(['C:\\Users\\me\\Pictures\\Screenshots']);
});

test('Windows: under OneDrive, moved there with the pictures or kept there by OneDrive itself', async () => {
  const env = { USERPROFILE: 'C:\\Users\\me', OneDrive: 'C:\\Users\\me\\OneDrive', OneDriveConsumer: 'C:\\Users\\me\\OneDrive' };
  const moved = { [QUERY]: registry('My Pictures    REG_EXPAND_SZ    %USERPROFILE%\\OneDrive\\Pictures') };
  const there = ['C:\\Users\\me\\OneDrive\\Pictures\\Screenshots'];
  expect(await find({ platform: 'win32', home: 'C:\\Users\\me', env, programs: moved, folders: there })).toEqual(there);
  const stays = { [QUERY]: registry('My Pictures    REG_EXPAND_SZ    %USERPROFILE%\\Pictures') };
  const both = ['C:\\Users\\me\\Pictures\\Screenshots', 'C:\\Users\\me\\OneDrive\\图片\\屏幕截图'];
  expect(await find({ platform: 'win32', home: 'C:\\Users\\me', env, programs: stays, folders: both })).toEqual(both);
});

test('macOS: the desktop at first, and what screencapture was told', async () => {
  expect(await find({ platform: 'darwin', home: '/Users/me' })).toEqual(['/Users/me/Desktop by name']);
  expect(await find({ platform: 'darwin', home: '/Users/me', programs: { 'defaults read com.apple.screencapture location': '~/Pictures/截屏\n' } })).toEqual(['/Users/me/Pictures/截屏 by name']);
  expect(await find({ platform: 'darwin', home: '/Users/me', programs: { 'defaults read com.apple.screencapture location': '/Volumes/Fotos/\n' } })).toEqual(['/Volumes/Fotos by name']);
});

test.each(['Screenshot 2026-11-22 at 09.41.00.png', 'Screen Shot 2019-01-01 at 1.00.00 PM.png', '截屏2026-11-22 09.41.00.png', 'Bildschirmfoto 2026-11-22 um 09.41.00.png', 'Capture d’écran 2026-11-22 à 09.41.00.png', 'スクリーンショット 2026-11-22 9.41.00.png', 'Снимок экрана 2026-11-22 в 09.41.00.png'])(
  'macOS: knows %s as a screenshot',
  async (name) => {
    const [place] = await findScreenshotPlaces({ platform: 'darwin', home: '/Users/me', env: {}, readText: async () => '', run: async () => '', isFolder: async () => true });
    expect(place?.patterns.some((pattern) => fitsPattern(name, pattern))).toBe(true);
    expect(place?.patterns.some((pattern) => fitsPattern('Holiday.png', pattern))).toBe(false);
  },
);

test('macOS: a name of one’s own counts', async () => {
  const programs = { 'defaults read com.apple.screencapture name': 'Shot\n' };
  const [place] = await findScreenshotPlaces({ platform: 'darwin', home: '/Users/me', env: {}, readText: async () => '', run: async (program, args) => programs[[program, ...args].join(' ') as keyof typeof programs] ?? '', isFolder: async () => true });
  expect(place?.patterns).toContain('Shot*');
});

const DIRS = '/home/me/.config/user-dirs.dirs';

test('GNOME: the folder in the pictures, in the words of the system', async () => {
  const files = { [DIRS]: '# comment\nXDG_DESKTOP_DIR="$HOME/桌面"\nXDG_PICTURES_DIR="$HOME/图片"\n' };
  const folders = ['/home/me/图片', '/home/me/图片/截图'];
  expect(await find({ platform: 'linux', home: '/home/me', files, folders })).toEqual(['/home/me/图片/截图', '/home/me/图片 by name']);
  expect(await find({ platform: 'linux', home: '/home/me', folders: ['/home/me/Pictures/Screenshots'] })).toEqual(['/home/me/Pictures/Screenshots']);
});

test('GNOME: the older screenshot tool and the folder it was told', async () => {
  const programs = { 'gsettings get org.gnome.gnome-screenshot auto-save-directory': "'file:///home/me/shots%20here'\n" };
  expect(await find({ platform: 'linux', home: '/home/me', programs, folders: ['/home/me/shots here', '/home/me/Pictures'] })).toEqual(['/home/me/shots here', '/home/me/Pictures by name']);
});

test('KDE: where Spectacle saves, as it writes it now and wrote it once', async () => {
  const now = { '/home/me/.config/spectaclerc': '[ImageSave]\nimageSaveLocation=file:///data/shots/\nlastImageSaveLocation=file:///x.png\n' };
  const once = { '/home/me/.config/spectaclerc': '[General]\ndefaultSaveLocation[$e]=file:///home/me/Pictures\n' };
  expect(await find({ platform: 'linux', home: '/home/me', files: now, folders: ['/data/shots'] })).toEqual(['/data/shots']);
  expect(await find({ platform: 'linux', home: '/home/me', files: once, folders: ['/home/me/Pictures'] })).toEqual(['/home/me/Pictures by name']);
});

test('other tools of Linux, and a configuration folder of one’s own', async () => {
  const files = { '/cfg/flameshot/flameshot.ini': '[General]\nsavePath=/home/me/flames\n', '/cfg/xfce4/xfce4-screenshooter': 'app=none\nscreenshot_dir=file:///home/me/xfce\n', '/cfg/user-dirs.dirs': 'XDG_PICTURES_DIR="/data/pics"\n' };
  const folders = ['/home/me/flames', '/home/me/xfce', '/data/pics/Screenshots'];
  expect(await find({ platform: 'linux', home: '/home/me', env: { XDG_CONFIG_HOME: '/cfg' }, files, folders })).toEqual(folders);
});

test('nothing is watched where there is nothing', async () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) expect(await find({ platform, home: '/home/me', folders: [] })).toEqual([]);
});
