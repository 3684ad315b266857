// lint: n/no-unsupported-features/node-builtins: openAsBlob
// lint: no-restricted-properties: AbortSignal.any
// lint: no-restricted-properties: Promise.withResolvers
// lint: n/no-unsupported-features/es-builtins: groupBy
// lint: no-restricted-globals: crypto
import { openAsBlob } from 'node:fs';

export const newer = [openAsBlob, AbortSignal.any, Promise.withResolvers, Object.groupBy, crypto.randomUUID];
