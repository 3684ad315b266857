import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { root } from './place.mjs';
import { duration, say } from './say.mjs';

const KEPT = 4_000_000;
const posix = process.platform !== 'win32';
const alive = new Set();

/** Ends a child and, where the system has process groups, everything it started. */
const end = (child, signal) => {
  try {
    if (posix) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

const endAll = () => {
  for (const child of alive) end(child, 'SIGTERM');
};
const stops = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143), SIGHUP: () => process.exit(129) };

const watchSignals = (watch) => {
  process[watch]('exit', endAll);
  for (const [signal, stop] of Object.entries(stops)) process[watch](signal, stop);
};

/** Children do not outlive us. While there are none, signals are left to whoever runs next in this process. */
const born = (child) => {
  if (alive.size === 0) watchSignals('on');
  alive.add(child);
};
const gone = (child) => {
  alive.delete(child);
  if (alive.size === 0) watchSignals('off');
};

const watchTime = (child, { timeoutMs, beat, beatMs }, state) => {
  const started = Date.now();
  const beating = beat && setInterval(() => say(`${beat} (${duration(Date.now() - started)})`), beatMs);
  const limit = timeoutMs && setTimeout(() => {
    state.timedOut = true;
    end(child, 'SIGTERM');
    setTimeout(() => end(child, 'SIGKILL'), 3000).unref();
  }, timeoutMs);
  return () => {
    clearInterval(beating);
    clearTimeout(limit);
  };
};

/**
 * Runs a program to its end and keeps what it says, up to 4 MB from the start.
 *
 * @param options.beat said on stderr every `beatMs` while the program runs
 * @param options.log  file that receives the whole output
 * @param options.onOutput called with each piece of text as it comes
 * @returns its exit code (null when it was ended), output and whether it ran out of time; never rejects
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const { cwd = root, env = process.env, log, onOutput, input } = options;
    const state = { code: null, output: '', timedOut: false };
    const child = spawn(command, args, { cwd, env, detached: posix, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, shell: !posix && command === 'npm' });
    born(child);
    const file = log && createWriteStream(log);
    const take = (text) => {
      if (state.output.length < KEPT) state.output += text;
      if (file) file.write(text);
      if (onOutput) onOutput(text);
    };
    const stopWatching = watchTime(child, { beatMs: 10_000, ...options }, state);
    let done = false;
    const finish = (code) => {
      if (done) return;
      done = true;
      stopWatching();
      gone(child);
      if (posix && child.pid) end(child, 'SIGTERM');
      state.code = code;
      if (file) file.end(() => resolve(state));
      else resolve(state);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error) => {
      take(`${error.message}\n`);
      finish(127);
    });
    // A grandchild may hold the pipes open; the program itself has ended all the same.
    child.on('exit', (code) => setTimeout(finish, 2000, code).unref());
    child.on('close', finish);
  });

/** The last lines of a program's output, for an error message. */
export const tail = (output, lines = 15) => output.trimEnd().split('\n').slice(-lines).join('\n');

/** The first lines of a program's output: npm says what went wrong first and how to call for help last. */
export const head = (output, lines = 8) => output.trim().split('\n').slice(0, lines).join('\n');
