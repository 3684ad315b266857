/** The signals by which a person or the system asks a command to end. */
export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Loads modules without letting them answer the signals that are ours. conf's file writer (when-exit) would end the
 * process on a signal, in the middle of our own orderly end.
 */
export async function keepSignals<T>(load: () => Promise<T>): Promise<T> {
  const ours = new Map(END_SIGNALS.map((name) => [name, new Set(process.listeners(name))]));
  const loaded = await load();
  for (const name of END_SIGNALS) {
    for (const listener of process.listeners(name)) {
      if (ours.get(name)?.has(listener) !== true) process.off(name, listener);
    }
  }
  return loaded;
}
