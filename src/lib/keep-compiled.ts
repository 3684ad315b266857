import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Script } from 'node:vm';

/** Compiled code that is kept from one start to the next. */
export type KeptCompiled = {
  /** Ends the keeping, and writes down what was compiled until now if not all of it was kept. To be called once, when things are calm; never rejects. */
  readonly save: () => Promise<void>;
};

export type KeepCompiledOptions = {
  /** The folder of the scripts, CommonJS without `import()`; each name there stands for one content for ever (it carries a digest). */
  readonly scripts: string;
  /** The folder in which it is kept. What is missing, damaged or foreign there costs the time that it would have saved, nothing else. */
  readonly place: string;
};

type Compile = (this: NodeJS.Module, code: string, path: string) => unknown;

/** The part of Node's module loader that is not in its types. */
const loader = Module as unknown as {
  readonly prototype: { _compile: Compile };
  readonly wrap: (code: string) => string;
};

/** Node's own way, in part since 22.1, whole since 22.10. */
type OwnCache = { readonly enableCompileCache?: (folder: string) => unknown; readonly flushCompileCache?: () => void };
const ownCacheOf = (modules: unknown): OwnCache => modules as OwnCache;

const DIGEST_BYTES = 32;
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha512-256').update(bytes).digest();

/** V8 takes what it is given for its own, so that no byte may differ from what was written. */
const readKept = (file: string): Buffer | undefined => {
  try {
    const stored = readFileSync(file);
    const code = stored.subarray(DIGEST_BYTES);
    return digestOf(code).equals(stored.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
};

/** Writes down what was compiled, a file a script, and removes what belongs to scripts of another build. */
const writeKept = async (place: string, scripts: string, compiled: ReadonlyMap<string, Script>): Promise<void> => {
  await mkdir(place, { recursive: true, mode: 0o700 });
  for (const [name, script] of compiled) {
    const code = script.createCachedData();
    await writeFile(join(place, name), Buffer.concat([digestOf(code), code]), { mode: 0o600 });
    await turn();
  }
  const known = new Set(await readdir(scripts));
  for (const name of await readdir(place)) if (!known.has(name)) await rm(join(place, name), { force: true });
};

/**
 * Has V8 take the scripts that are required from now on as it compiled them in an earlier start: reading a megabyte of code
 * anew is a tenth of the time to a usable window. V8 itself refuses what another version of it has compiled.
 * Node does it where it can; the one that Electron 25 has cannot.
 */
export const keepCompiled = ({ scripts, place }: KeepCompiledOptions): KeptCompiled => {
  const own = ownCacheOf(Module);
  if (own.enableCompileCache === undefined) return keepOurselves(scripts, join(place, 'compiled-scripts'));
  own.enableCompileCache(join(place, 'compile-cache'));
  return { save: () => Promise.resolve(own.flushCompileCache?.()) };
};

const keepOurselves = (scripts: string, place: string): KeptCompiled => {
  const anew = new Map<string, Script>();
  const compileAnew = loader.prototype._compile;

  loader.prototype._compile = function (code, path) {
    if (dirname(path) !== scripts) return compileAnew.call(this, code, path);
    const name = basename(path);
    const known = readKept(join(place, name));
    const script = new Script(loader.wrap(code), {
      filename: path,
      ...(known === undefined ? {} : { cachedData: known }),
    });
    if (known === undefined || script.cachedDataRejected === true) anew.set(name, script);
    const run = script.runInThisContext() as (...given: readonly unknown[]) => unknown;
    return run.call(this.exports, this.exports, createRequire(path), this, path, dirname(path));
  };

  return {
    save: async () => {
      loader.prototype._compile = compileAnew;
      if (anew.size > 0) await writeKept(place, scripts, anew).catch(() => undefined);
      anew.clear();
    },
  };
};
