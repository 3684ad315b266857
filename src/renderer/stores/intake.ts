import type { Client } from '../bridge';

export type Target = { readonly accountId?: string; readonly albumId?: string };

/** What a drop or a paste holds. */
export type Intake = {
  readonly paths: readonly string[];
  /** Files with no path behind them: a copied picture, or one dragged from a page. */
  readonly loose: readonly File[];
  readonly url: string | null;
};

export type IntakeCount = { readonly images: number; readonly videos: number; /** JSON files, which Sync takes. */ readonly json: number; readonly others: number; readonly link: boolean };

const WEB = /^https?:\/\/\S+$/i;
const asWebAddress = (text: string): string | null => {
  const line = text
    .split(/\r?\n/)
    .map((part) => part.trim())
    .find((part) => part !== '' && !part.startsWith('#'));
  return line !== undefined && line.length <= 4000 && WEB.test(line) ? line : null;
};

type Transfer = Pick<DataTransfer, 'files' | 'getData'>;

const addressIn = (transfer: Transfer): string | null => asWebAddress(transfer.getData('text/uri-list')) ?? asWebAddress(transfer.getData('text/plain'));

export type IntakeParts = {
  readonly pathOf: (file: File) => string;
  /** Resolves when everything else has had its turn. */
  readonly turn: () => Promise<void>;
};

/** Whether it holds files of this computer. */
export const hasPaths = (transfer: Pick<Transfer, 'files'>, pathOf: IntakeParts['pathOf']): boolean => [...transfer.files].some((file) => pathOf(file) !== '');

/** Each path is a question across the bridge; so many take a few milliseconds. */
const PATHS_AT_ONCE = 250;

/**
 * Paths win over loose files, and files over an address: browsers offer all three for one picture. The transfer is read
 * before this returns, since the browser empties it afterwards; the paths of many files are found a portion at a time.
 */
export const readIntake = async (transfer: Transfer, { pathOf, turn }: IntakeParts): Promise<Intake> => {
  const files = [...transfer.files];
  const address = addressIn(transfer);
  const paths: string[] = [];
  const loose: File[] = [];
  for (const [index, file] of files.entries()) {
    if (index > 0 && index % PATHS_AT_ONCE === 0) await turn();
    const path = pathOf(file);
    if (path === '') loose.push(file);
    else paths.push(path);
  }
  return { paths, loose, url: files.length === 0 ? address : null };
};

/** Those of the files that Sync could keep, by their names; `all`: there is nothing else. */
export const documentsIn = (transfer: Pick<Transfer, 'files'>, pathOf: IntakeParts['pathOf']): { readonly paths: readonly string[]; readonly all: boolean } => {
  const files = [...transfer.files];
  const paths = files.filter(({ name }) => /\.json$/i.test(name)).map(pathOf).filter((path) => path !== '');
  return { paths, all: paths.length > 0 && paths.length === files.length };
};

export const isEmptyIntake = (intake: Intake): boolean => intake.paths.length === 0 && intake.loose.length === 0 && intake.url === null;

/** Counts what hangs over the window. During a drag only kinds and types can be seen, so a folder is an "other". */
export const countIntake = (items: Iterable<Pick<DataTransferItem, 'kind' | 'type'>>): IntakeCount => {
  const all = [...items];
  const files = all.filter((item) => item.kind === 'file');
  const images = files.filter((item) => item.type.startsWith('image/')).length;
  const videos = files.filter((item) => item.type.startsWith('video/')).length;
  const json = files.filter((item) => item.type === 'application/json').length;
  return {
    images,
    videos,
    json,
    others: files.length - images - videos - json,
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
  if (intake.loose.length > 0) {
    const files = await Promise.all(intake.loose.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
    jobs += (await client.call('queue:add-bytes', { files, target })).jobIds.length;
  }
  if (intake.url !== null) jobs += (await client.call('queue:add-url', { url: intake.url, target })).jobIds.length;
  return jobs;
};
