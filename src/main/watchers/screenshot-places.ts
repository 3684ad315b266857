import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the system puts screenshots. With `patterns` the folder holds other pictures, too, and only such names count. */
export type ScreenshotPlace = { readonly path: string; readonly patterns: readonly string[] };

/** What is asked of the system to find them. None of these ever rejects. */
export type PlaceSources = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The text of a file; '' when there is none. */
  readonly readText: (path: string) => Promise<string>;
  /** What a program prints; '' when it fails or is not there. */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
  readonly isFolder: (path: string) => Promise<boolean>;
};

/** How systems and their tools begin a screenshot's name, in the languages of their large communities. */
const NAMES = [
  'Screenshot', 'Screen Shot', 'ScreenShot', 'Captura', 'Capture', 'Bildschirmfoto', 'Schermata', 'Schermafbeelding', 'Skärmavbild', 'Skjermbilde', 'Skærmbillede', 'Näyttökuva',
  'Zrzut ekranu', 'Снимок экрана', 'Знімок екрана', 'Snímek obrazovky', 'Képernyőfotó', 'Ekran Resmi', 'Ekran görüntüsü', '截屏', '屏幕快照', '屏幕截图', '截图', '螢幕快照', '螢幕截圖', '截圖',
  'スクリーンショット', '스크린샷', 'لقطة شاشة', 'צילום מסך', 'ภาพถ่ายหน้าจอ', 'Ảnh chụp màn hình',
] as const;
const screenshotNames: readonly string[] = NAMES.map((name) => `${name}*`);

/** What the folder for them is called inside the one for pictures. */
const FOLDERS = ['Screenshots', '截图', '屏幕截图', '屏幕快照', '螢幕截圖', '螢幕擷取畫面', 'Bildschirmfotos', 'Captures d’écran', "Captures d'écran", 'Capturas de pantalla', 'Capturas de tela', 'Capturas de ecrã', 'Schermate', 'スクリーンショット', '스크린샷', 'Снимки экрана'] as const;
const PICTURES = ['Pictures', '图片', '圖片', 'Bilder', 'Images', 'Imágenes', 'Imagens', 'Immagini', 'ピクチャ', '사진', 'Изображения'] as const;

const dedicated = (path: string): ScreenshotPlace => ({ path, patterns: [] });
const among = (path: string): ScreenshotPlace => ({ path, patterns: screenshotNames });

/** Every folder to which this system's screenshots may go now, those that are there only; each once. */
export const findScreenshotPlaces = async (sources: PlaceSources): Promise<readonly ScreenshotPlace[]> => {
  const places = await (sources.platform === 'win32' ? windowsPlaces(sources) : sources.platform === 'darwin' ? macPlaces(sources) : linuxPlaces(sources));
  const found = new Map<string, ScreenshotPlace>();
  for (const place of places) {
    const key = sources.platform === 'linux' ? place.path : place.path.toLowerCase();
    if (!found.has(key) && (await sources.isFolder(place.path))) found.set(key, place);
  }
  return [...found.values()];
};

const SHELL_FOLDERS = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';
/** FOLDERID_Screenshots and FOLDERID_Pictures, of which the latter's value is named in words. */
const SCREENSHOTS_ID = '{B7BEDE81-DF94-4682-A7D8-57A52620B86F}';
const PICTURES_ID = 'My Pictures';

const windowsPlaces = async ({ env, home, run }: PlaceSources): Promise<readonly ScreenshotPlace[]> => {
  const values = registryValues(await run('reg', ['query', SHELL_FOLDERS]));
  const expand = (path: string): string => path.replace(/%([^%]+)%/g, (all, name: string) => entry(env, name) ?? (name.toUpperCase() === 'USERPROFILE' ? home : all));
  const known = values.get(SCREENSHOTS_ID.toLowerCase());
  const pictures = values.get(PICTURES_ID.toLowerCase());
  // OneDrive keeps screenshots in its own folder without moving the known one.
  const drives = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'].flatMap((name) => entry(env, name) ?? []);
  return [
    ...(known === undefined ? [] : [expand(known)]),
    win32.join(pictures === undefined ? win32.join(home, 'Pictures') : expand(pictures), 'Screenshots'),
    ...drives.flatMap((drive) => PICTURES.flatMap((name) => FOLDERS.map((folder) => win32.join(drive, name, folder)))),
  ].map(dedicated);
};

/** Windows does not mind a variable's case. */
const entry = (env: PlaceSources['env'], name: string): string | undefined => Object.entries(env).find(([key, value]) => key.toLowerCase() === name.toLowerCase() && value !== '')?.[1];

/** `reg query` prints a value a line: name, type, data. */
const registryValues = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^ {4}(.+?) {4}REG_(?:EXPAND_)?SZ {4}(.+?)\r?$/gm)].map(([, name = '', data = '']) => [name.toLowerCase(), data]));

const macPlaces = async ({ home, run }: PlaceSources): Promise<readonly ScreenshotPlace[]> => {
  const setting = async (name: string): Promise<string> => (await run('defaults', ['read', 'com.apple.screencapture', name])).trim();
  const [location, name] = [await setting('location'), await setting('name')];
  const chosen = location.replace(/^~(?=\/|$)/, home).replace(/^file:\/\/.*/, pathOfUrl).replace(/(?<=.)\/+$/, '');
  const folder = chosen === '' ? posix.join(home, 'Desktop') : chosen;
  // Whoever names screenshots otherwise gets that name before the time; the folder is one for all kinds of files.
  return [{ path: folder, patterns: name === '' ? screenshotNames : [`${name}*`, ...screenshotNames] }];
};

const linuxPlaces = async (sources: PlaceSources): Promise<readonly ScreenshotPlace[]> => {
  const { env, home, readText, run } = sources;
  const config = env['XDG_CONFIG_HOME'] || posix.join(home, '.config');
  const directories = await readText(posix.join(config, 'user-dirs.dirs'));
  const written = /^XDG_PICTURES_DIR="(.+)"$/m.exec(directories)?.[1]?.replace(/^\$HOME/, home).replaceAll('\\"', '"');
  const pictures = (written ?? posix.join(home, 'Pictures')).replace(/(?<=.)\/+$/, '');
  const inHome = (path: string): string => pathOfUrl(path.trim()).replace(/^(~|\$HOME)(?=\/|$)/, home).replace(/(?<=.)\/+$/, '');
  const chosen = [
    iniValue(await readText(posix.join(config, 'spectaclerc')), ['imageSaveLocation', 'defaultSaveLocation']),
    iniValue(await readText(posix.join(config, 'flameshot', 'flameshot.ini')), ['savePath']),
    iniValue(await readText(posix.join(config, 'xfce4', 'xfce4-screenshooter')), ['screenshot_dir']),
    iniValue(await readText(posix.join(config, 'ksnip', 'ksnip.conf')), ['SaveDirectory']),
    (await run('gsettings', ['get', 'org.gnome.gnome-screenshot', 'auto-save-directory'])).trim().replace(/^'(.*)'$/, '$1'),
  ].map(inHome).filter((path) => posix.isAbsolute(path));
  const own = (path: string): ScreenshotPlace => (path === pictures || path === home || path === posix.join(home, 'Desktop') ? among(path) : dedicated(path));
  return [...chosen.map(own), ...FOLDERS.map((folder) => dedicated(posix.join(pictures, folder))), among(pictures)];
};

const iniValue = (text: string, names: readonly string[]): string => {
  for (const name of names) {
    const value = new RegExp(`^${name}(?:\\[\\$e\\])?=(.*)$`, 'm').exec(text)?.[1]?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return '';
};

const pathOfUrl = (text: string): string => {
  if (!text.startsWith('file://')) return text;
  try {
    return fileURLToPath(text);
  } catch {
    return '';
  }
};
