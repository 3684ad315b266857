import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
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
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** V8 takes what it is given for its own, so that no byte may differ from what was written. */
const readKept = (file: string): ReadonlyMap<string, Buffer> => {
  try {
    const stored = readFileSync(file);
    const body = stored.subarray(DIGEST_BYTES);
    if (!digestOf(body).equals(stored.subarray(0, DIGEST_BYTES))) return new Map();
    const kept: unknown = deserialize(body);
    return kept instanceof Map ? new Map([...kept].filter((entry): entry is [string, Buffer] => typeof entry[0] === 'string' && Buffer.isBuffer(entry[1]))) : new Map();
  } catch {
    return new Map();
  }
};

/**
 * Has V8 take the scripts that are required from now on as it compiled them in an earlier start: reading a megabyte of code
 * anew is a tenth of the time to a usable window. V8 itself refuses what another version of it has compiled.
 * Node does it where it can; the one that Electron 25 has cannot.
 */
export const keepCompiled = ({ scripts, place }: KeepCompiledOptions): KeptCompiled => {
  const own = ownCacheOf(Module);
  if (own.enableCompileCache === undefined) return keepOurselves(scripts, join(place, 'compiled'));
  own.enableCompileCache(join(place, 'compile-cache'));
  return { save: () => Promise.resolve(own.flushCompileCache?.()) };
};

const keepOurselves = (scripts: string, file: string): KeptCompiled => {
  let kept = readKept(file);
  const compiled = new Map<string, Script>();
  let news = false;
  const compileAnew = loader.prototype._compile;

  loader.prototype._compile = function (code, path) {
    if (dirname(path) !== scripts) return compileAnew.call(this, code, path);
    const name = basename(path);
    const known = kept.get(name);
    const script = new Script(loader.wrap(code), {
      filename: path,
      ...(known === undefined ? {} : { cachedData: known }),
    });
    news ||= known === undefined || script.cachedDataRejected === true;
    compiled.set(name, script);
    const run = script.runInThisContext() as (...given: readonly unknown[]) => unknown;
    return run.call(this.exports, this.exports, createRequire(path), this, path, dirname(path));
  };

  return {
    save: async () => {
      loader.prototype._compile = compileAnew;
      kept = new Map();
      const entries = new Map<string, Buffer>();
      for (const [name, script] of news ? compiled : []) {
        entries.set(name, script.createCachedData());
        await turn();
      }
      compiled.clear();
      if (entries.size === 0) return;
      const body = serialize(entries);
      await writeFile(file, Buffer.concat([digestOf(body), body]), { mode: 0o600 }).catch(() => undefined);
    },
  };
};
