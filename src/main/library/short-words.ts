import type { SqlDatabase } from '../../lib/sqlite';
import type { ShortWords } from './search-text';

/** Triples that a search asks the index for; a word that begins more of them is found soon enough in the newest texts. */
const FEW = 40;

/**
 * Tells which triples of the search index begin with a word of one or two characters. Every text ends in two line breaks,
 * so that its last characters begin triples, too.
 */
export function createShortWords(db: SqlDatabase): ShortWords {
  db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.uploads_triples USING fts5vocab (main, 'uploads_text', 'instance')");
  const nextSql = db.prepare('SELECT term FROM temp.uploads_triples WHERE term >= ? LIMIT 1');
  return (word) => {
    const triples: string[] = [];
    for (let from = word; triples.length <= FEW; ) {
      const term = nextSql.get(from)?.['term'];
      if (typeof term !== 'string' || !term.startsWith(word)) return triples;
      triples.push(term);
      // The next one after it; reading on would read every upload that has this one.
      from = `${term}\u0001`;
    }
    return null;
  };
}
