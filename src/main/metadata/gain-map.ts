import type { Draft } from './draft';

// How a JPEG holds a second picture that makes it brighter on screens that can show that: Google's Ultra HDR 1.0 (XMP), ISO
// 21496-1 (a segment), and CIPA DC-007 (MPF) for where it lies.

const [APP1, APP2] = [0xe1, 0xe2];
const XMP_HEAD = 'http://ns.adobe.com/xap/1.0/\0';
const NAME_SPACE = 'http://ns.adobe.com/hdr-gain-map/1.0/';
const ISO_HEAD = 'urn:iso:std:iso:ts:21496:-1\0';
/** Numbers alone are in there, for three colours at most. */
const MOST_ISO = 400;
const MPF_HEAD = 'MPF\0';
const [MPF_VERSION, MPF_COUNT, MPF_ENTRIES] = [0xb000, 0xb001, 0xb002];
const ENTRY = 16;
const MOST_ENTRIES = 8;

const says = (body: Buffer, word: string): boolean => body.toString('latin1', 0, word.length) === word;
const isMapXmp = (marker: number, body: Buffer): boolean => marker === APP1 && says(body, XMP_HEAD) && body.includes(NAME_SPACE);
export const isIso = (marker: number, body: Buffer): boolean => marker === APP2 && says(body, ISO_HEAD) && body.length <= MOST_ISO;

/** A segment of a JPEG. */
export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const xmpOf = (inside: string): Buffer =>
  segment(APP1, Buffer.from(`${XMP_HEAD}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:hdrgm="${NAME_SPACE}" ${inside}</rdf:Description></rdf:RDF></x:xmpmeta>`, 'latin1'));

const item = (more: string): string => `<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" ${more}/></rdf:li>`;
/** What the first picture says of the second one, and nothing else. */
const directoryXmp = (bytes: number): Buffer =>
  xmpOf(
    `xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/" hdrgm:Version="1.0"><Container:Directory><rdf:Seq>${item('Item:Semantic="Primary"')}${item(`Item:Semantic="GainMap" Item:Length="${bytes}"`)}</rdf:Seq></Container:Directory>`,
  );

const NUMBERS = ['GainMapMin', 'GainMapMax', 'Gamma', 'OffsetSDR', 'OffsetHDR', 'HDRCapacityMin', 'HDRCapacityMax'] as const;
const NUMBER = '[-+]?\\d{1,12}(?:\\.\\d{1,20})?(?:[eE][-+]?\\d{1,3})?';

/** What a gain map says of how it is to be used: its known numbers, and nothing else; null where it says nothing of that. */
export function mapXmp(marker: number, body: Buffer): Buffer | null {
  if (!isMapXmp(marker, body)) return null;
  const text = body.toString('latin1');
  const prefix = /xmlns:(\w{1,40})\s*=\s*["']http:\/\/ns\.adobe\.com\/hdr-gain-map\/1\.0\/["']/.exec(text)?.[1];
  if (prefix === undefined) return null;
  const one = (name: string, value: string): string | undefined => new RegExp(`\\b${prefix}:${name}\\s*(?:=\\s*["']|>)\\s*(${value})\\s*["'<]`).exec(text)?.[1];
  const each = (name: string): readonly string[] => {
    const inside = new RegExp(`<${prefix}:${name}>([^]{1,600}?)</${prefix}:${name}>`).exec(text)?.[1] ?? '';
    return [...inside.matchAll(new RegExp(`<rdf:li>\\s*(${NUMBER})\\s*</rdf:li>`, 'g'))].map(([, value]) => value ?? '').slice(0, 3);
  };
  const told = NUMBERS.map((name) => ({ name, value: one(name, NUMBER), values: each(name) }));
  if (told.every(({ name, value, values }) => name !== 'GainMapMax' || (value === undefined && values.length === 0))) return null;
  const base = one('BaseRenditionIsHDR', 'True|False');
  const plain = [...(base === undefined ? [] : [`hdrgm:BaseRenditionIsHDR="${base}"`]), ...told.flatMap(({ name, value }) => (value === undefined ? [] : [`hdrgm:${name}="${value}"`]))];
  const lists = told.map(({ name, value, values }) => (value !== undefined || values.length === 0 ? '' : `<hdrgm:${name}><rdf:Seq>${values.map((number) => `<rdf:li>${number}</rdf:li>`).join('')}</rdf:Seq></hdrgm:${name}>`));
  return xmpOf(`hdrgm:Version="1.0" ${plain.join(' ')}>${lists.join('')}`);
}

type Mpf = { /** Where the pictures after the first one lie, from the MPF's own beginning on. */ readonly offsets: readonly number[]; readonly bare: boolean };

/** Reads an MPF. Never throws; one that cannot be read tells of no picture. */
function readMpf(tiff: Buffer): Mpf {
  try {
    const little = says(tiff, 'II');
    const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
    const long = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
    const first = long(4);
    const tags = Array.from({ length: Math.min(20, short(first)) }, (_, index) => first + 2 + index * 12);
    const entries = tags.find((at) => short(at) === MPF_ENTRIES);
    if (entries === undefined) return { offsets: [], bare: false };
    const [count, place] = [Math.min(MOST_ENTRIES, Math.floor(long(entries + 4) / ENTRY)), long(entries + 8)];
    const offsets = Array.from({ length: count }, (_, index) => long(place + index * ENTRY + 8)).filter((offset) => offset !== 0);
    return { offsets, bare: tags.every((at) => [MPF_VERSION, MPF_COUNT, MPF_ENTRIES].includes(short(at))) };
  } catch {
    return { offsets: [], bare: false };
  }
}

const MPF_BYTES = 90;
/** An MPF of two pictures: how large both are, and where the second one lies from its beginning on. */
function mpfOf(first: number, second: number, offset: number): Buffer {
  const body = Buffer.alloc(MPF_BYTES - 4);
  body.write(`${MPF_HEAD}MM\0*`, 'latin1');
  const tiff = body.subarray(4);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(3, 8);
  for (const [index, [tag, type, count, value]] of ([[MPF_VERSION, 7, 4, 0x30313030], [MPF_COUNT, 4, 1, 2], [MPF_ENTRIES, 7, 2 * ENTRY, 50]] as const).entries()) {
    const at = 10 + index * 12;
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    tiff.writeUInt32BE(value, at + 8);
  }
  // A primary picture; the other one's kind has no number.
  tiff.writeUInt32BE(0x03_00_00, 50);
  tiff.writeUInt32BE(first, 54);
  tiff.writeUInt32BE(second, 70);
  tiff.writeUInt32BE(offset, 74);
  return segment(APP2, body);
}

type Part = { readonly slot: ReturnType<Draft['slot']>; readonly old: Buffer };

/** What a JPEG's first picture tells of its gain map, held back until it is known whether that can be kept. */
export interface GainMapParts {
  /** Takes a segment that is about it, with the place where it begins; false for any other. */
  take(marker: number, body: Buffer, from: number): boolean;
  /** Whether anything was told of one. */
  told(): boolean;
  /** Where pictures lie that may be it, in their order. */
  places(): readonly number[];
  /** The second picture is kept: the first one says so again, in new words. */
  keep(second: Draft): void;
  /** It is not. */
  leave(): void;
}

export function createGainMapParts(draft: Draft): GainMapParts {
  const parts: { xmp?: Part; iso?: Part; mpf?: Part & Mpf & { readonly base: number } } = {};
  const part = (marker: number, body: Buffer): Part => ({ slot: draft.slot(), old: segment(marker, Buffer.from(body)) });
  return {
    take(marker, body, from) {
      if (parts.xmp === undefined && isMapXmp(marker, body) && body.includes('GainMap')) parts.xmp = part(marker, body);
      else if (parts.iso === undefined && isIso(marker, body)) parts.iso = part(marker, body);
      else if (parts.mpf === undefined && marker === APP2 && says(body, MPF_HEAD)) parts.mpf = { ...part(marker, body), ...readMpf(body.subarray(4)), base: from + 8 };
      else return false;
      return true;
    },
    told: () => parts.xmp !== undefined || parts.iso !== undefined,
    places: () => (parts.mpf === undefined ? [] : parts.mpf.offsets.map((offset) => (parts.mpf?.base ?? 0) + offset).sort((one, other) => one - other)),
    keep(second) {
      const { xmp, iso, mpf } = parts;
      const bytes = second.bytes();
      if (xmp !== undefined) {
        const told = directoryXmp(bytes);
        if (!told.equals(xmp.old)) draft.drop('xmp');
        xmp.slot.fill(told);
      }
      if (iso !== undefined) iso.slot.fill(iso.old);
      if (mpf !== undefined) {
        const whole = draft.bytes() + MPF_BYTES;
        const told = mpfOf(whole, bytes, whole - (mpf.slot.at() + 8));
        // Another order of bytes is no reason to change a file in which nothing is to be taken out.
        const same = told.equals(mpf.old) || (mpf.bare && draft.drops() === 0 && second.drops() === 0);
        if (!same && !mpf.bare) draft.drop('other');
        mpf.slot.fill(same ? mpf.old : told);
      }
      draft.append(second);
    },
    leave() {
      if (parts.xmp !== undefined) draft.drop('xmp', 'gainmap');
      if (parts.iso !== undefined) draft.drop('gainmap');
      if (parts.mpf !== undefined) draft.drop('other');
    },
  };
}
