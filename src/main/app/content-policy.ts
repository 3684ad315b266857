/**
 * What the page may load: its own files, nothing from any network, no inline script. Style tags need
 * the nonce of this load; markup reaches the document only by trusted types, of which there are none.
 */
export const contentPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    'img-src app: blob: data:',
    'media-src app: blob:',
    "connect-src 'none'",
    "font-src 'self'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
