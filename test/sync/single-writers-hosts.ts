import type { WritersHost } from './single-writers';

/** Every kind of host that PROTOCOLS.md §5.3 and SYNC.md C2 tell of. Their lost and cut answers are faults of the stories, at every one of them. */
export const writersHosts: readonly WritersHost[] = [
  { name: 'merges three ways', switches: {} },
  { name: 'merges three ways over what a device pushed last', switches: { baseTracking: 'push' } },
  { name: 'last write wins', switches: { baseTracking: 'none' } },
  { name: 'last write wins and tells of it', switches: { autoMerge: 'pushed', baseTracking: 'push' } },
  { name: 'shallow merge', switches: { autoMerge: 'shallow', baseTracking: 'push' } },
  { name: 'shallow merge where it knows of pulls', switches: { autoMerge: 'shallow' } },
  { name: 'deep merge', switches: { autoMerge: 'deep', baseTracking: 'push' } },
  { name: 'deep merge where it knows of pulls', switches: { autoMerge: 'deep' }, asks: true },
  { name: 'folds empty objects', switches: { phpRoundTrip: true, baseTracking: 'none' } },
  { name: 'folds empty objects and merges three ways', switches: { phpRoundTrip: true }, asks: true, returns: true },
  { name: 'folds empty objects and merges deep', switches: { phpRoundTrip: true, autoMerge: 'deep', baseTracking: 'push' }, asks: true, returns: true },
  { name: 'late history', switches: { historyLag: 2, baseTracking: 'none' } },
  { name: 'late history and merges three ways', switches: { historyLag: 2 } },
  { name: 'digests of what was sent', switches: { hashStyle: 'raw', baseTracking: 'none' } },
  { name: 'a version for every push', switches: { dedupe: false, baseTracking: 'none' } },
  { name: 'every push a version, merged three ways', switches: { dedupe: false, baseTracking: 'push' } },
  { name: 'numbers used twice', switches: { versionReuse: true }, asks: true, confuses: true },
  { name: 'cut messages', switches: { messageMax: 12, baseTracking: 'none' }, asks: true, unseen: true, returns: true },
  { name: 'cut messages and merges three ways', switches: { messageMax: 12 }, asks: true, unseen: true, returns: true },
  { name: 'rolled back once', switches: { baseTracking: 'none' }, rollsBack: true, confuses: true, asks: true, returns: true },
  { name: 'rolled back once and merges three ways', switches: {}, rollsBack: true, confuses: true, asks: true, returns: true },
];
