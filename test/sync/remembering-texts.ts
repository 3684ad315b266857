import { sha256Hex } from '../../src/lib/canonical-json';
import type { DocumentTexts } from '../../src/main/sync/texts';

const MOST = 2000;

/** The same answers; a text that a hundred devices of one simulation look at is read once. */
export const rememberingTexts = (texts: DocumentTexts): DocumentTexts => {
  const known = new Map<string, ReturnType<DocumentTexts['read']>>();
  return {
    ...texts,
    read(text, policy) {
      const name = `${sha256Hex(text)} ${JSON.stringify(policy)}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const answer = texts.read(text, policy);
      known.set(name, answer);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return answer;
    },
  };
};
