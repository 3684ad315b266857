import type { CallInput, CallName, CallOutput } from '../bridge';
import type { DropLook } from '../../shared/model/drop-window';
import './drop.css';

/** Of the bridge only what is needed: what both windows shared would be loaded by the main one in a second step. */
const { picferry } = window;
const call = async <K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> => {
  const result = await picferry.invoke(name, input);
  if (result.ok) return result.value;
  throw new Error(result.error.code);
};

const look = JSON.parse(decodeURIComponent(location.hash.slice(1))) as DropLook;
const element = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
const words = element('words');
const SAID_MS = 4000;

let back: ReturnType<typeof setTimeout> | undefined;
const say = (text: string): void => {
  words.textContent = text;
  clearTimeout(back);
  back = setTimeout(() => (words.textContent = look.words.here), SAID_MS);
};

type Dropped = { readonly paths: readonly string[]; readonly loose: readonly File[]; readonly url: string | null };

/** Read at once: the browser empties it afterwards. Paths win over loose files, and files over an address. */
const read = (transfer: DataTransfer): Dropped => {
  const files = [...transfer.files].map((file) => ({ file, path: picferry.pathOf(file) }));
  const address = [transfer.getData('text/uri-list'), transfer.getData('text/plain')].flatMap((text) => text.split(/\r?\n/)).find((line) => /^https?:\/\/\S+$/i.test(line.trim()));
  return {
    paths: files.flatMap(({ path }) => (path === '' ? [] : [path])),
    loose: files.flatMap(({ file, path }) => (path === '' ? [file] : [])),
    url: files.length > 0 || address === undefined ? null : address.trim(),
  };
};

const upload = async ({ paths, loose, url }: Dropped): Promise<number> => {
  let jobs = 0;
  const target = {};
  if (paths.length > 0) jobs += (await call('queue:add-paths', { paths: [...paths], target })).jobIds.length;
  if (loose.length > 0) {
    const files = await Promise.all(loose.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    jobs += (await call('queue:add-bytes', { files, target })).jobIds.length;
  }
  if (url !== null) jobs += (await call('queue:add-url', { url, target })).jobIds.length;
  return jobs;
};

const take = async (dropped: Dropped): Promise<void> => {
  say(look.words.taking);
  try {
    const jobs = await upload(dropped);
    say(jobs === 0 ? look.words.nothing : look.words.taken.replace('{{count}}', String(jobs)));
  } catch {
    say(look.words.refused);
  }
};

const over = (event: DragEvent): void => {
  event.preventDefault();
  if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  document.body.dataset['over'] = 'true';
};
const leave = (event: DragEvent): void => {
  if (event.relatedTarget === null) delete document.body.dataset['over'];
};

document.documentElement.lang = look.language;
document.documentElement.dataset['theme'] = look.theme === 'system' ? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light') : look.theme;
words.textContent = look.words.here;
element('close').setAttribute('aria-label', look.words.close);
element('close').addEventListener('click', () => void call('dropping:hide', undefined));
window.addEventListener('dragenter', over);
window.addEventListener('dragover', over);
window.addEventListener('dragleave', leave);
window.addEventListener('drop', (event) => {
  event.preventDefault();
  delete document.body.dataset['over'];
  if (event.dataTransfer !== null) void take(read(event.dataTransfer));
});
document.documentElement.dataset['ready'] = 'true';
