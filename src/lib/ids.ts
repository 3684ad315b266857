import { randomBytes, randomUUID } from 'node:crypto';

/** Makes ids that no other device or process will make. */
export type NewId = () => string;

/** A random id of 36 characters. */
export const newId: NewId = () => randomUUID();

/** A few random hexadecimal characters, for names of temporary files. */
export const shortId: NewId = () => randomBytes(4).toString('hex');
