import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** Made by running things: named in the guides, not in the tree. */
const made = /^(test-results|out|node_modules)(\/|$)/;
const ours = /^(src|test|e2e|bench|scripts|resources|\.ci)(\/|$)|^[\w.-]+\.(md|cjs|mjs|json)$|^[\w.]+\.config\.m?ts$/;

/** Paths written as code or as a link's target, as they stand in a guide. */
const namedPaths = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? match[2] ?? '').replace(/\/$/, ''))
    .filter((path) => ours.test(path) && !made.test(path) && !path.includes('*'));

describe.each(['README.md', 'AGENTS.md'])('%s', (guide) => {
  const text = readFileSync(join(root, guide), 'utf8');

  it('names only paths that exist', () => {
    const paths = namedPaths(text);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, 'src/main', path)))).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const scripts = Object.keys((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts);
    const named = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

describe('AGENTS.md', () => {
  it('fits on two screens', () => {
    expect(readFileSync(join(root, 'AGENTS.md'), 'utf8').split('\n').length).toBeLessThan(90);
  });
});
