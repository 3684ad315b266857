import type { Client } from '../bridge';

export type Target = { readonly accountId?: string; readonly albumId?: string };

/** What a drop or a paste holds, read at once because the browser empties the transfer afterwards. */
export type Intake = {
  readonly paths: readonly string[];
  /** Files with no path behind them: a copied picture, or one dragged from a page. */
  readonly loose: readonly File[];
  readonly url: string | null;
};

export type IntakeCount = { readonly images: number; readonly videos: number; readonly others: number; readonly link: boolean };

const WEB = /^https?:\/\/\S+$/i;
const asWebAddress = (text: string): string | null => {
  const line = text
    .split(/\r?\n/)
    .map((part) => part.trim())
    .find((part) => part !== '' && !part.startsWith('#'));
  return line !== undefined && line.length <= 4000 && WEB.test(line) ? line : null;
};

/** Paths win over loose files, and files over an address: browsers offer all three for one picture. */
export const readIntake = (transfer: Pick<DataTransfer, 'files' | 'getData'>, pathOf: (file: File) => string): Intake => {
  const files = [...transfer.files];
  const placed = files.map((file) => ({ file, path: pathOf(file) }));
  const paths = placed.filter(({ path }) => path !== '').map(({ path }) => path);
  const loose = placed.filter(({ path }) => path === '').map(({ file }) => file);
  const address = asWebAddress(transfer.getData('text/uri-list')) ?? asWebAddress(transfer.getData('text/plain'));
  return { paths, loose, url: files.length === 0 ? address : null };
};

export const isEmptyIntake = (intake: Intake): boolean => intake.paths.length === 0 && intake.loose.length === 0 && intake.url === null;

/** Counts what hangs over the window. During a drag only kinds and types can be seen, so a folder is an "other". */
export const countIntake = (items: Iterable<Pick<DataTransferItem, 'kind' | 'type'>>): IntakeCount => {
  const all = [...items];
  const files = all.filter((item) => item.kind === 'file');
  const images = files.filter((item) => item.type.startsWith('image/')).length;
  const videos = files.filter((item) => item.type.startsWith('video/')).length;
  return {
    images,
    videos,
    others: files.length - images - videos,
    link: files.length === 0 && all.some((item) => item.type === 'text/uri-list'),
  };
};

const STEP = 10_000;

/** Hands everything to the queue, in order; returns how many jobs came of it. */
export const sendIntake = async (client: Pick<Client, 'call'>, intake: Intake, target: Target): Promise<number> => {
  let jobs = 0;
  for (let at = 0; at < intake.paths.length; at += STEP) {
    const { jobIds } = await client.call('queue:add-paths', { paths: intake.paths.slice(at, at + STEP), target });
    jobs += jobIds.length;
  }
  for (const file of intake.loose) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { jobIds } = await client.call('queue:add-bytes', { name: file.name, bytes, target });
    jobs += jobIds.length;
  }
  if (intake.url !== null) jobs += (await client.call('queue:add-url', { url: intake.url, target })).jobIds.length;
  return jobs;
};
