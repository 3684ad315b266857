/** The keys of the documents that Picferry makes itself. */
export const OWN_KEYS = { index: 'picferry-index', settings: 'picferry-settings', accounts: 'picferry-accounts' } as const;

/** What the keys of the library's documents begin with, before a device's id. */
export const LIBRARY_KEY = 'picferry-library';

/** Whether a key is kept for Picferry's own documents. Some hosts take upper and lower case for the same. */
export const isOwnKey = (key: string): boolean => {
  const word = key.toLowerCase();
  return word.startsWith(LIBRARY_KEY) || Object.values<string>(OWN_KEYS).includes(word);
};
