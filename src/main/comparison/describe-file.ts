import type { Comparison, Said } from '../../shared/model/comparison';
import type { RemovedPart } from '../../shared/model/preparation-report';

type Described = Pick<Comparison, 'said' | 'more' | 'place'>;

const NOTHING: Described = { said: [], more: 0, place: null };
const MOST = 60;
const LONGEST = 160;

/** What a reader of metadata says of one group of tags, whatever it is. */
type Tag = { readonly description?: unknown; readonly value?: unknown };
type Tags = Readonly<Record<string, Tag | undefined>>;

/** Groups of the reader, and what part of the metadata they are. Technical facts such as a picture's size are in others. */
const GROUPS: readonly (readonly [string, RemovedPart])[] = [
  ['exif', 'exif'],
  ['iptc', 'iptc'],
  ['xmp', 'xmp'],
  ['pngText', 'comment'],
  ['photoshop', 'other'],
  ['icc', 'profile'],
];
/** Places inside the file, and blocks that say nothing to a person. */
const DULL = /offset|length|pointer|^padding$|makernote|usercomment|^_raw$|thumbnail|version$|^gps ?version|^interoperability|printim|^image ?(width|height)$|^bits ?per ?sample$|orientation|resolution|^gps(latitude|longitude)$|^ycbcr|^gps.*ref$|compression|^components|colorspace|^flashpix/i;

/**
 * What the bytes of a picture say of it in words: at most as many lines as a person reads. `head` is the file, or its start where it
 * is large. Damaged data says less; never throws.
 */
export async function describeFile(head: Buffer): Promise<Described> {
  try {
    // A large package that only this needs.
    const { load } = await import('exifreader');
    const tags = load(new Uint8Array(head).buffer, { expanded: true, includeUnknown: false }) as unknown as Readonly<Record<string, Tags | undefined>>;
    const all = GROUPS.flatMap(([group, part]) => linesOf(tags[group], part));
    // The position first, since it is what people look for.
    const place = placeOf(tags['gps']);
    const point: readonly Said[] = place === null ? [] : [{ part: 'location', name: 'GPS', value: `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` }];
    const sorted = [...point, ...all.filter(({ part }) => part === 'location'), ...all.filter(({ part }) => part !== 'location')];
    return { said: sorted.slice(0, MOST), more: Math.max(0, sorted.length - MOST), place };
  } catch {
    return NOTHING;
  }
}

const linesOf = (tags: Tags | undefined, part: RemovedPart): readonly Said[] =>
  Object.entries(tags ?? {}).flatMap(([name, tag]) => {
    const value = wordsOf(tag);
    return DULL.test(name) || value === '' ? [] : [{ part: part === 'exif' && name.startsWith('GPS') ? 'location' : part, name: spaced(name), value }];
  });

/** Short words on one line, without what no font draws; '' for bytes and other nonsense. */
function wordsOf(tag: Tag | undefined): string {
  const { description, value } = tag ?? {};
  const said = [description, value].find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');
  const text = said === undefined ? '' : String(said as string | number);
  const clean = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (/^\[.*\]$/.test(clean)) return '';
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}

/** `DateTimeOriginal` as `Date Time Original`. */
const spaced = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').slice(0, 80);

function placeOf(gps: Tags | undefined): Described['place'] {
  const { Latitude: latitude, Longitude: longitude } = (gps ?? {}) as Readonly<Record<string, unknown>>;
  const [lat, long] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)];
  return Math.abs(lat) <= 90 && Math.abs(long) <= 180 ? { latitude: lat, longitude: long } : null;
}
