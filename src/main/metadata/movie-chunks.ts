import { boxesIn, createNumberReader, type Box } from './iso-boxes';

/** Where the frames of a track lie, chunk by chunk, by its tables in `stbl` (ISO/IEC 14496-12, 8.7); null where they are not built as they should be. */
export function chunksOf(bytes: Buffer, stbl: Box): readonly { readonly from: number; readonly to: number }[] | null {
  const tables = boxesIn(bytes.subarray(0, stbl.end), stbl.body);
  const one = (type: string): Box | undefined => tables?.find((table) => table.type === type);
  const [sizes, runs, places] = [one('stsz'), one('stsc'), one('stco') ?? one('co64')];
  if (sizes === undefined || runs === undefined || places === undefined) return null;
  try {
    const size = sizesIn(bytes.subarray(0, sizes.end), sizes);
    const runOf = numbersIn(bytes.subarray(0, runs.end), runs, 4, 3);
    const offsets = numbersIn(bytes.subarray(0, places.end), places, places.type === 'stco' ? 4 : 8, 1);
    let [run, sample] = [0, 0];
    return offsets.map(([from = 0], chunk) => {
      // Each run of chunks goes on to where the next one begins; chunks count from 1.
      while ((runOf[run + 1]?.[0] ?? Infinity) <= chunk + 1) run += 1;
      const count = runOf[run]?.[1] ?? 0;
      const length = size(sample, count);
      sample += count;
      return { from, to: from + length };
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** How long so many samples are together, from one on. */
function sizesIn(bytes: Buffer, stsz: Box): (from: number, count: number) => number {
  const reader = createNumberReader(bytes, stsz.body + 4);
  const same = reader.take(4);
  if (same !== 0) return (_from, count) => same * count;
  const sizes = Array.from({ length: within(bytes, reader.at + 4, reader.take(4), 4) }, () => reader.take(4));
  return (from, count) => sizes.slice(from, from + count).reduce((sum, size) => sum + size, 0);
}

/** The rows of a table that begins with how many there are. */
function numbersIn(bytes: Buffer, table: Box, length: number, columns: number): readonly (readonly number[])[] {
  const reader = createNumberReader(bytes, table.body + 4);
  return Array.from({ length: within(bytes, reader.at + 4, reader.take(4), length * columns) }, () => Array.from({ length: columns }, () => reader.take(length)));
}

/** A count of rows that fit. */
function within(bytes: Buffer, at: number, count: number, length: number): number {
  if (at + count * length > bytes.length) throw new RangeError('more rows than there is room for');
  return count;
}
