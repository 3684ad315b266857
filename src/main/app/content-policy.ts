/**
 * What the page may load: its own files and our pictures, nothing from any network, no inline script or style.
 * Markup reaches the document only by trusted types, of which there are none.
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src app: picture: blob: data:',
  'media-src picture: blob:',
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
