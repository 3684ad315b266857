import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { run, tail } from './run.mjs';
import { duration, say, SetupError } from './say.mjs';

/** Debian packages that a window needs, the CJK fonts to draw Chinese included. */
const forWindow = [
  'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2', 'libxkbcommon0',
  'libxcomposite1', 'libxdamage1', 'libxrandr2', 'libnotify4', 'libsecret-1-0', 'fonts-noto-cjk',
];

/** And those that the tests need: a display, its keyboard, clipboard, session bus and keyring, and a reader of pictures' metadata. */
const forTests = [
  ...forWindow,
  'xvfb', 'xauth', 'xdotool', 'xclip', 'dbus-x11', 'gnome-keyring', 'python3-gi', 'gir1.2-gtk-3.0', 'python3-dbus', 'x11-xserver-utils',
  'libglib2.0-bin', 'curl', 'libimage-exiftool-perl',
];

/** What the measurements of pictures are held against. */
const forPictureBench = ['imagemagick'];

const isDebian = () => existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query');

/** Newer Debian and Ubuntu call some libraries NAMEt64. */
const missingPackages = async (wanted) => {
  const names = wanted.flatMap((name) => [name, `${name}t64`]);
  const { output } = await run('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n', ...names]);
  const installed = new Set(output.split('\n').filter((line) => line.startsWith('installed ')).map((line) => line.slice('installed '.length)));
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
};

/** The names these packages have on this system. */
const localNames = async (packages) => {
  const { output } = await run('apt-cache', ['--names-only', 'pkgnames']);
  const known = new Set(output.split('\n'));
  return packages.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
};

/** Shared libraries that an executable asks for and this system lacks. */
const missingLibraries = async (executable) => {
  const { output } = await run('ldd', [executable], { env: { ...process.env, LD_LIBRARY_PATH: dirname(executable) } });
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
};

/** Says each tenth that apt reports on its status lines ("pmstatus:NAME:PERCENT:TEXT"). */
const progress = () => {
  let said = -1;
  return (text) => {
    for (const match of text.matchAll(/^(dl|pm)status:[^:]*:(\d+)/gm)) {
      const percent = match[1] === 'dl' ? Number(match[2]) / 2 : 50 + Number(match[2]) / 2;
      const tenth = Math.floor(percent / 10) * 10;
      if (tenth > said) say(`system libraries: ${tenth} %`);
      said = Math.max(said, tenth);
    }
  };
};

const aptInstall = async (missing) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const started = Date.now();
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  say(`installing system libraries: ${missing.join(' ')}`);
  const update = await run('apt-get', [...lock, 'update'], { env, beat: 'still asking for package lists' });
  const names = await localNames(missing);
  const { code, output } = await run('apt-get', [...lock, '-o', 'APT::Status-Fd=1', 'install', '-y', '--no-install-recommends', ...names], {
    env,
    onOutput: progress(),
  });
  if (code !== 0) throw new SetupError(`the system libraries could not be installed:\n${tail(update.code === 0 ? output : update.output + output)}`);
  say(`system libraries installed in ${duration(Date.now() - started)}`);
};

const installOrTell = async (missing) => {
  if (process.getuid() === 0) return aptInstall(missing);
  const names = await localNames(missing);
  throw new SetupError(`system libraries are missing. Install them with this line and run the command again:\nsudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`);
};

/**
 * Makes sure that Electron can open a window on this Linux; does nothing elsewhere.
 * @param executable the runtime; its own list of libraries decides
 * @throws SetupError with the one-line command where this user may not install
 */
export const ensureWindowLibraries = async (executable) => {
  if (process.platform !== 'linux') return;
  const missing = await missingLibraries(executable);
  if (missing.length === 0) return;
  if (!isDebian()) throw new SetupError(`these libraries are missing; install them with your system's package manager: ${missing.join(' ')}`);
  await installOrTell(await missingPackages(forWindow));
};

/** Makes sure that the tests find their display, clipboard and keyring on Debian and Ubuntu. */
export const ensureTestLibraries = async () => {
  if (process.platform !== 'linux' || !isDebian()) return;
  const missing = await missingPackages(forTests);
  if (missing.length > 0) await installOrTell(missing);
};

/** Makes sure that the bench of pictures finds ImageMagick on Debian and Ubuntu; says so where it cannot be had, and that bench fails for itself. */
export const ensurePictureBenchTools = async () => {
  if (process.platform !== 'linux' || !isDebian()) return;
  const missing = await missingPackages(forPictureBench);
  if (missing.length === 0) return;
  try {
    await installOrTell(missing);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
  }
};
