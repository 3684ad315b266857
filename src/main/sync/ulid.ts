import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters that sort by the time they were made, and that no other device makes. */
export const ulid = (now: number): string => {
  const time = Array.from({ length: 10 }, (_, index) => CROCKFORD[Math.floor(now / 32 ** (9 - index)) % 32]);
  const random = [...randomBytes(16)].map((byte) => CROCKFORD[byte % 32]);
  return [...time, ...random].join('');
};
