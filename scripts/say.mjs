/** Words for people. They go to stderr: stdout belongs to results. */
export const say = (text) => {
  process.stderr.write(`picferry: ${text}\n`);
};

/** A set-up step that cannot be done, with a sentence that says what to do about it. */
export class SetupError extends Error {}

/** "850 ms", "12 s" or "3 min 20 s". */
export const duration = (ms) => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** Runs a script's main function; a SetupError becomes one line on stderr and exit code 1. */
export const main = async (body) => {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
};
