/** Messages of failures. `{{host}}` is the account's name, `{{text}}` the host's own words, `{{time}}` a span in words. */
export const problems = {
  authBad: '{{host}} did not accept the key. Check or replace it in Settings.',
  internal: 'Picferry met a fault of its own. The technical text below helps to report it.',
} as const;
