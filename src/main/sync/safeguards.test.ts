import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(__dirname, '../../..');

/** One safeguard of the engine taken out of its source. */
type Mutant = { readonly name: string; readonly file: string; readonly from: string; readonly to: string; readonly tests?: string };

const TESTS = '{criss-cross,rollback,simulation,sync,sync-hosts}';

const mutants: readonly Mutant[] = [
  { name: 'the tag of a push', file: 'sender.ts', from: 'const message = withTag(note, tag, known.longestMessage);', to: 'const message = note + (tag.op === "" ? "." : "");' },
  { name: 'the walk over what was overwritten unseen', file: 'sync-document.ts', from: 'of orphansOf(graph, ofHead, here))', to: 'of orphansOf(graph, ofHead, here).slice(0, 0))' },
  { name: 'the common ancestor as the base', file: 'common-document.ts', from: 'const versions = view.isFirst ? [] : commonAncestors(graph, theirs, has, parents)', to: 'const versions = this.ledger.record.base === null ? commonAncestors(graph, theirs, has, parents) : [this.ledger.record.base.version]' },
  { name: 'the join of several versions in common', file: 'common-document.ts', from: 'levels === 0 ? 1 : 1 + MOST_ANCESTORS', to: '1' },
  { name: 'the join of what versions in common have in common', file: 'common-document.ts', from: 'textOf, parents, levels - 1)', to: 'textOf, parents, 0)', tests: 'single-writers' },
  { name: 'objects where versions in common have lists', file: 'common-document.ts', from: 'const sides = [below, text, changed];', to: 'const sides = [];', tests: 'single-writers' },
  { name: 'what a device knew by its earlier pushes', file: 'remote-view.ts', from: 'nodes: withKnown(nodes)', to: 'nodes', tests: 'single-writers' },
  { name: 'what a host merged an own version into', file: 'common-document.ts', from: '[...(await Promise.all(into.map(textOf))), theirs]', to: '[theirs]', tests: 'invariants' },
  { name: 'what was taken of an overwritten version that is asked about', file: 'common-document.ts', from: "open?.from === 'orphan' ?", to: "open?.from === '' ?", tests: 'open-merge' },
  { name: 'the base of places that are asked about', file: 'common-document.ts', from: 'version === asked?.theirsVersion ? before', to: 'version === 0 ? before', tests: 'open-merge' },
  { name: 'the base of a first meeting that is asked about', file: 'local-texts.ts', from: 'const overlay = withOpenPlaces(', to: 'const overlay = base === null ? null : withOpenPlaces(', tests: 'first-meeting' },
  { name: 'the look whether a merge comes to the same over a further head', file: 'own-document.ts', from: 'a.facts.canon === b.facts.canon ? before : now', to: 'true ? before : now', tests: 'open-lists' },
  { name: 'the merge as it was made, when it is decided', file: 'sync-document.ts', from: "whole?.status === 'merged' ? whole :", to: "whole?.status === 'conflicts' ? whole :", tests: 'open-lists' },
  { name: 'the version that a resolution repeats, below what was read anew', file: 'remote-view.ts', from: 'return repeated === null ? [] : [repeated];', to: 'return repeated === null ? [] : [];', tests: 'criss-cross' },
  { name: 'what others have from a push that the host altered', file: 'common-document.ts', from: 'push === null ? ancestor : await', to: 'push !== null || push === null ? ancestor : await', tests: 'set-back' },
  { name: 'the search for objects that a host made lists of', file: 'folding.ts', from: "if (found.is !== 'untold')", to: "if (found.is === 'other')", tests: 'folding' },
  { name: 'the memory of what a host lost', file: 'common-document.ts', from: 'return lost.length === 0 ? ancestor :', to: 'return lost.length >= 0 ? ancestor :' },
  { name: 'the version that both stood on before a host lost it', file: 'common-document.ts', from: 'if (gone !== null && asked === null) return gone;', to: 'if (gone === "") return gone;', tests: 'rollback' },
  { name: 'the digest of the version that a push was made on', file: 'remote-view.ts', from: 'if (on === null || base === 0', to: 'if (on !== "" || base === 0', tests: 'reused-numbers' },
  { name: 'the look for a number below the base that was used again', file: 'sync-document.ts', from: 'if (await this.#older.lookForReplaced(view)) return', to: 'if (view === null) return', tests: 'reused-numbers' },
  { name: 'the look at what the head was made on by whoever takes it whole', file: 'sync-document.ts', from: 'const reach = view.isFirst ? await view.reachOfHead() : head.version;', to: 'const reach = head.version;', tests: 'reused-numbers' },
  { name: 'the look for numbers used again below what a host still has', file: 'older-host.ts', from: 'seen, version, ...again.map(', to: 'seen, version, ...again.slice(0, 0).map(', tests: 'rollback' },
  { name: 'the base that goes along', file: 'ledger.ts', from: 'return { base: agreed, ring:', to: 'return { base: this.#record.base ?? agreed, ring:' },
  { name: 'the question what became of an unanswered push', file: 'sync-document.ts', from: "if (await this.#sender.settleOutbox(view)) return 'again';", to: 'this.ledger.step({ outbox: null });' },
  { name: 'the look at what the host stored', file: 'sender.ts', from: 'if (!(await this.#isStored(receipt, sent))) {', to: 'if (receipt === null) {' },
  { name: 'the last look before a conflict of the host is closed', file: 'host-conflicts.ts', from: 'if (latest === null || latest.version !== head.version) return', to: 'if (latest === null) return', tests: 'resolve-journal' },
  { name: 'the record of a resolution before it leaves', file: 'remote-view.ts', from: 'if (resolution !== undefined) return', to: 'if (resolution?.base === 0) return', tests: 'resolve-journal' },
  { name: 'the memory of what a push without a word overwrote', file: 'ancestry.ts', from: 'ours.every((known) => known.has(version))', to: 'ours.every((known) => known !== null)', tests: 'cut-messages' },
  { name: 'the look for a push that the host altered and cut', file: 'sender.ts', from: "version > outbox.base && (await view.holds(version, outbox.base, text ?? ''))", to: 'version === 0', tests: 'cut-messages' },
  { name: 'the explicit document of an answer elsewhere', file: 'answered-elsewhere.ts', from: "EXPLICIT.test(resolution ?? '')", to: "(resolution ?? '') !== ''", tests: 'answered-elsewhere' },
  { name: 'the other side of what is asked again', file: 'asked-again.ts', from: "const whole = await taking(texts, 'theirs',", to: "const whole = await taking(texts, 'mine',", tests: 'take-back' },
  { name: 'the reading of heads as if what was taken back had not been sent', file: 'asked-again.ts', from: 'if (sent == null || theirs == null) return', to: 'if (sent !== undefined || theirs == null) return', tests: 'take-back' },
  { name: 'the question for conflicts after an unanswered push', file: 'sender.ts', from: 'const host = { ...this.ledger.record.host, conflicts: true,', to: 'const host = { ...this.ledger.record.host,', tests: 'resolve-journal' },
];

/** The settings of a run of the engine's own tests over the changed source; it ends at once when the source has another form. */
const settings = ({ file, from, to, tests = TESTS }: Mutant): string => `
const taken = ${JSON.stringify({ file: `/src/main/sync/${file}`, from, to })};
export default {
  root: ${JSON.stringify(root)},
  plugins: [{ name: 'take-out', enforce: 'pre', transform: (code, id) => {
    if (!id.endsWith(taken.file)) return null;
    if (code.split(taken.from).length !== 2) { console.error('the safeguard has another form'); process.exit(99); }
    return code.replace(taken.from, () => taken.to);
  } }],
  test: { pool: 'forks', maxWorkers: 1, bail: 1, setupFiles: ['test/setup/loopback-only.ts', 'test/setup/patient-waiting.ts'], testTimeout: 60_000, include: ['src/main/sync/${tests}.test.ts'] },
};
`;

/** How the engine's own tests, the simulations among them, end with this source. */
const ended = async (mutant: Mutant): Promise<number | null> => {
  const folder = await mkdtemp(join(root, 'out', 'mutant-'));
  try {
    const config = join(folder, 'vitest.config.mjs');
    await writeFile(config, settings(mutant));
    const child = spawn(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', config], { cwd: root, stdio: 'ignore', env: { ...process.env, PICFERRY_LONG: '' } });
    return ((await once(child, 'close')) as [number | null])[0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

test('every safeguard still stands where it is taken out', async () => {
  for (const { file, from } of mutants) expect((await readFile(join(root, 'src', 'main', 'sync', file), 'utf8')).split(from), from).toHaveLength(2);
});

// Each takes the engine's whole test run, so most are left to the long suites.
test.each(process.env['PICFERRY_LONG'] === '1' ? mutants : mutants.slice(1, 2))('a test fails without $name', { timeout: 600_000 }, async (mutant) => {
  expect(await ended(mutant)).toBe(1);
});
