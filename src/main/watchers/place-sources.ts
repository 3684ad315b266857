import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { codeOf } from '../../lib/atomic-file';
import type { PlaceSources } from './screenshot-places';

/** A program that says nothing for this long is not waited for. */
const ANSWER_MS = 3000;

const orElse = async <T>(work: Promise<T>, other: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return other;
  }
};

/** This computer as it answers where screenshots go. */
export const systemPlaceSources = (): PlaceSources => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
  readText: (path) => orElse(readFile(path, 'utf8'), ''),
  run: (program, args) =>
    new Promise((resolve) => {
      execFile(program, [...args], { timeout: ANSWER_MS, windowsHide: true }, (error, stdout) => resolve(error === null ? stdout : ''));
    }),
  isFolder: (path) => orElse(stat(path).then((facts) => facts.isDirectory()), false),
});
