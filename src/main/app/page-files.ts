import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Content types of what a build of the window can hold; other files are not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export type PageFile = { readonly file: string; readonly type: string };

/**
 * The built window as a table from address path to file, read once. What is not in the table does not
 * exist for the page, so that no address, however written, names another file. Links are left out.
 */
export const pageFiles = (folder: string): ReadonlyMap<string, PageFile> => {
  const table = new Map<string, PageFile>();
  const walk = (path: string, address: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const type = TYPES[extname(entry.name)];
      if (entry.isDirectory()) walk(join(path, entry.name), `${address}${entry.name}/`);
      else if (entry.isFile() && type !== undefined) table.set(`${address}${entry.name}`, { file: join(path, entry.name), type });
    }
  };
  walk(folder, '/');
  return table;
};

/** What the window's first frame waits for: its page, and the styles and scripts that this names. */
export const firstFiles = (folder: string): readonly string[] => {
  const page = join(folder, 'index.html');
  const named = readFileSync(page, 'utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g);
  return [page, ...[...named].map(([, name = '']) => join(folder, name))];
};
