import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inRoot } from './place.mjs';
import { say } from './say.mjs';

const path = inRoot('.setup.lock');

const take = () => {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
};

/** True when the process that wrote the lock is gone; a lock without a number is still being written. */
const isStale = () => {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (!pid) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
};

/** Runs `body` while no other command of this clone changes node_modules or out; waits for its turn. */
export const withSetupLock = async (body) => {
  let told = false;
  while (!take()) {
    if (isStale()) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) say('another command is setting up; waiting for it');
    told = true;
    await wait(200);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await body();
  } finally {
    process.off('exit', release);
    release();
  }
};
