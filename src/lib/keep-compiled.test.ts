import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let folder: string;
let scripts: string;
let program: string;
let file: string;
let kept: string;
let place: string;

/** Requires a script as the built app does, in a process of its own, and says what that gave and whether it was kept code. */
const PROGRAM = `
const { Script } = require('node:vm');
const taken = [];
const created = Script.prototype.runInThisContext;
Script.prototype.runInThisContext = function (...args) { taken.push(this.cachedDataRejected === false); return created.apply(this, args); };
const { keepCompiled } = require('./keep-compiled.cjs');
const [scripts, place] = process.argv.slice(2);
const kept = keepCompiled({ scripts, place });
const { greet, where } = require(scripts + '/greet-1a2b.js');
kept.save().then(() => console.log(JSON.stringify({ said: greet('you'), where, taken })));
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keep-compiled-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'keep-compiled.ts'), outDir: folder, minify: false, rolldownOptions: { output: { format: 'cjs', entryFileNames: 'keep-compiled.cjs' } } },
  });
  program = join(folder, 'program.cjs');
  writeFileSync(program, PROGRAM);
  scripts = join(folder, 'chunks');
  mkdirSync(scripts);
  writeFileSync(join(scripts, 'word-3c4d.js'), "exports.word = 'hello';");
  writeFileSync(
    join(scripts, 'greet-1a2b.js'),
    "const { word } = require('./word-3c4d.js'); exports.greet = (who) => word + ' ' + who; exports.where = __filename;",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  place = mkdtempSync(join(folder, 'place-'));
  kept = join(place, 'compiled-scripts');
  file = join(kept, 'greet-1a2b.js');
});

const start = (...before: readonly string[]): { readonly taken: readonly boolean[] } & Record<string, unknown> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, program, scripts, place], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof start>;
};

test('runs scripts as the loader does, and takes them compiled from the second start on', () => {
  const first = start();
  expect(first).toMatchObject({ said: 'hello you', where: join(scripts, 'greet-1a2b.js'), taken: [false, false] });
  expect(start()).toEqual({ ...first, taken: [true, true] });
});

test('writes nothing when all was kept already', () => {
  start();
  const { mtimeNs } = statSync(file, { bigint: true });
  start();
  expect(statSync(file, { bigint: true }).mtimeNs).toBe(mtimeNs);
});

test.each([
  ['is empty', () => Buffer.alloc(0)],
  ['was cut', (whole: Buffer) => whole.subarray(0, whole.length - 100)],
  ['has one other byte', (whole: Buffer) => Buffer.from(whole.map((byte, index) => (index === whole.length - 500 ? byte ^ 1 : byte)))],
])('compiles anew when the file %s, and keeps it well again', (_, damage) => {
  start();
  writeFileSync(file, damage(readFileSync(file)));
  expect(start()).toMatchObject({ said: 'hello you', taken: [false, true] });
  expect(start().taken).toEqual([true, true]);
});

test('costs nothing but time when the files cannot be written', () => {
  writeFileSync(kept, '');
  expect(start()).toMatchObject({ said: 'hello you' });
});

test('removes what was kept of the scripts of another build', () => {
  start();
  rmSync(file);
  writeFileSync(join(kept, 'gone-5e6f.js'), 'code of an earlier build');
  start();
  expect(readdirSync(kept).sort()).toEqual(['greet-1a2b.js', 'word-3c4d.js']);
});

test('leaves it to Node where Node can do it', () => {
  const newer = join(folder, 'newer.cjs');
  writeFileSync(newer, "const m = require('node:module'); m.enableCompileCache = (folder) => (m.folder = folder); m.flushCompileCache = () => require('node:fs').writeFileSync(process.argv[3] + '/flushed', m.folder);");
  expect(start('--require', newer)).toMatchObject({ said: 'hello you', taken: [] });
  expect(readFileSync(join(place, 'flushed'), 'utf8')).toBe(join(place, 'compile-cache'));
});
