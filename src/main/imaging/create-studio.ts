import type { PreparationProfile } from '../../shared/model/preparation';
import type { Takes } from './choose-format';
import { createPool, type PoolOptions } from './create-pool';
import { LettersReply, type ProfileOutcome, ProfileReply } from './messages';

/** Makes pictures ready by profiles that change pixels, in processes of their own. */
export interface Studio {
  /** From the file `path` to a new file `to`, for a host that takes these extensions, or does not say. A cancelled one may leave part of `to` behind. Never rejects. */
  make(path: string, to: string, profile: PreparationProfile, signal: AbortSignal, takes?: Takes): Promise<ProfileOutcome | { readonly type: 'cancelled' }>;
  /** The characters of a text for a watermark that no font here draws, each once; null when that could not be found out. Never rejects. */
  missingLetters(text: string): Promise<string | null>;
  close(): void;
}

/** A picture of 200 million pixels as AVIF is left out; everything else is done in this time. */
const LIMIT_MS = 120_000;

export function createStudio(options: PoolOptions): Studio {
  const pool = createPool(options);
  return {
    async make(path, to, profile, signal, takes = []) {
      const answer = await pool.ask({ do: 'profile', path, to, profile, takes }, LIMIT_MS, signal);
      if (answer.type === 'cancelled') return { type: 'cancelled' };
      if (answer.type !== 'answer') return { type: 'failed', why: answer.type };
      const reply = ProfileReply.safeParse(answer.message);
      return reply.success ? reply.data.outcome : { type: 'failed', why: 'failed' };
    },
    async missingLetters(text) {
      const answer = await pool.ask({ do: 'letters', text }, LIMIT_MS);
      const reply = LettersReply.safeParse(answer.type === 'answer' ? answer.message : null);
      return reply.success ? reply.data.missing : null;
    },
    close: pool.close,
  };
}
