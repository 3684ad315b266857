import { boxesIn, wholeBoxesIn, type Box } from './iso-boxes';

/** The colour profile of an HEIC or AVIF that is in memory; null where it has none. */
export function heifProfile(file: Buffer): Buffer | null {
  const meta = metaOf(file);
  const properties = meta === null ? null : inside(file, { body: meta.body + 4, end: meta.end }, 'iprp');
  const list = properties === null ? null : inside(file, properties, 'ipco');
  for (const { type, body, end } of list === null ? [] : (boxesIn(file.subarray(0, list.end), list.body) ?? [])) {
    if (type === 'colr' && ['prof', 'rICC'].includes(file.toString('latin1', body, body + 4))) return file.subarray(body + 4, end);
  }
  return null;
}

/** The first box of a type in another one. */
export const inside = (file: Buffer, { body, end }: Pick<Box, 'body' | 'end'>, type: string): Box | null => boxesIn(file.subarray(0, end), body)?.find((box) => box.type === type) ?? null;

/** What tells of a file's pictures, whatever lies behind its last box. */
export const metaOf = (file: Buffer): Box | null => wholeBoxesIn(file, 0).find(({ type }) => type === 'meta') ?? null;
