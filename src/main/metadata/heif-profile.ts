import { coloursOf, profileOf } from './colour-numbers';
import { primaryOf } from './heif-items';
import { boxesIn, createNumberReader, wholeBoxesIn, type Box } from './iso-boxes';

/** The colour profile of an HEIC or AVIF that is in memory, made from its numbers where it tells its colours by those alone; null where it tells nothing of them. */
export function heifProfile(file: Buffer): Buffer | null {
  const meta = metaOf(file);
  const within = meta === null ? null : { body: meta.body + 4, end: meta.end };
  const properties = within === null ? null : inside(file, within, 'iprp');
  const list = properties === null ? null : inside(file, properties, 'ipco');
  if (within === null || properties === null || list === null) return null;
  const all = boxesIn(file.subarray(0, list.end), list.body) ?? [];
  const colours = all.filter(({ type }) => type === 'colr');
  const own = ofPrimary(file, within, properties);
  // A brighter picture, or a mask, may have colours of another kind.
  const mine = own === null ? colours : colours.filter((box) => own.has(all.indexOf(box) + 1));
  const profile = [...mine, ...colours].find(({ body }) => ['prof', 'rICC'].includes(file.toString('latin1', body, body + 4)));
  if (profile !== undefined) return file.subarray(profile.body + 4, profile.end);
  const numbers = mine.find(({ body, end }) => file.toString('latin1', body, body + 4) === 'nclx' && body + 8 <= end);
  const meant = numbers === undefined ? null : coloursOf(file.readUInt16BE(numbers.body + 4), file.readUInt16BE(numbers.body + 6));
  return meant === null ? null : profileOf(meant);
}

/** The properties of the picture itself, by their places in the list; null where the file does not tell, or is damaged. */
function ofPrimary(file: Buffer, meta: Pick<Box, 'body' | 'end'>, properties: Box): ReadonlySet<number> | null {
  const [pitm, ipma] = [inside(file, meta, 'pitm'), inside(file, properties, 'ipma')];
  if (pitm === null || ipma === null) return null;
  try {
    const primary = primaryOf(file, pitm);
    const reader = createNumberReader(file, ipma.body);
    const version = reader.take(1);
    const wide = (reader.take(3) & 1) === 1;
    for (let left = reader.take(4); left > 0 && reader.at < ipma.end; left -= 1) {
      const id = reader.take(version === 0 ? 2 : 4);
      const places = Array.from({ length: reader.take(1) }, () => reader.take(wide ? 2 : 1) & (wide ? 0x7fff : 0x7f));
      if (id === primary) return new Set(places);
    }
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The first box of a type in another one. */
export const inside = (file: Buffer, { body, end }: Pick<Box, 'body' | 'end'>, type: string): Box | null => boxesIn(file.subarray(0, end), body)?.find((box) => box.type === type) ?? null;

/** What tells of a file's pictures, whatever lies behind its last box. */
export const metaOf = (file: Buffer): Box | null => wholeBoxesIn(file, 0).find(({ type }) => type === 'meta') ?? null;
