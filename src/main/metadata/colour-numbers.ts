/** A place in the CIE diagram. */
type Xy = readonly [x: number, y: number];
/** What a picture's red, green, blue and white are. */
export type Primaries = { readonly red: Xy; readonly green: Xy; readonly blue: Xy; readonly white: Xy };
/** How values become light: sRGB's own curve, a power, or a table of a curve for screens that are brighter than paper. */
export type Transfer = { readonly type: 'srgb' } | { readonly type: 'power'; readonly gamma: number } | { readonly type: 'table'; readonly at: (value: number) => number };
/** The colours that a picture's numbers mean. */
export type Colours = { readonly primaries: Primaries; readonly transfer: Transfer };

const D65: Xy = [0.3127, 0.329];
export const SRGB_PRIMARIES: Primaries = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 };
/** Colours by their numbers in ITU-T H.273, 8.1. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: SRGB_PRIMARIES,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: [0.31, 0.316] },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  7: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

/** How bright white paper is on a screen that can be brighter, of what its curve goes up to (ITU-R BT.2408, 2.1): more than that is shown as white. */
const PQ_WHITE = 203 / 10_000;
const HLG_WHITE = 203 / 1_000;

/** SMPTE ST 2084. */
function pq(value: number): number {
  const root = value ** (32 / 2523);
  return Math.min(1, (Math.max(0, root - 3424 / 4096) / (2413 / 128 - (2392 / 128) * root)) ** (16_384 / 2610) / PQ_WHITE);
}

/** ITU-R BT.2100, for a screen of 1000 candela a square metre. */
function hlg(value: number): number {
  const scene = value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return Math.min(1, scene ** 1.2 / HLG_WHITE);
}

/** Curves by their numbers in ITU-T H.273, 8.2. Those of television are shown as sRGB, as browsers do. */
const TRANSFERS: Readonly<Record<number, Transfer>> = {
  1: { type: 'srgb' },
  4: { type: 'power', gamma: 2.2 },
  5: { type: 'power', gamma: 2.8 },
  6: { type: 'srgb' },
  8: { type: 'power', gamma: 1 },
  13: { type: 'srgb' },
  14: { type: 'srgb' },
  15: { type: 'srgb' },
  16: { type: 'table', at: pq },
  17: { type: 'power', gamma: 2.6 },
  18: { type: 'table', at: hlg },
};

/** What two numbers of H.273 mean; null where they leave it open, or are not known. A number that leaves its half open means what sRGB has. */
export function coloursOf(primaries: number, transfer: number): Colours | null {
  const [of, by] = [PRIMARIES[primaries === UNSPECIFIED ? 1 : primaries], TRANSFERS[transfer === UNSPECIFIED ? 13 : transfer]];
  return of === undefined || by === undefined ? null : { primaries: of, transfer: by };
}
const UNSPECIFIED = 2;

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Bradford's matrix, by which profiles adapt white (ICC.1, Annex E), and the white that they adapt to. */
const BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];
const D50: Triple = [0.9642, 1, 0.8249];

const xyzOf = ([x, y]: Xy): Triple => [x / y, 1, (1 - x - y) / y];
const applied = ([one, two, three]: Matrix, [x, y, z]: Triple): Triple => [one[0] * x + one[1] * y + one[2] * z, two[0] * x + two[1] * y + two[2] * z, three[0] * x + three[1] * y + three[2] * z];
const times = (one: Matrix, other: Matrix): Matrix => {
  const columns = [0, 1, 2].map((column) => applied(one, [other[0][column] ?? 0, other[1][column] ?? 0, other[2][column] ?? 0]));
  const row = (index: 0 | 1 | 2): Triple => [columns[0]?.[index] ?? 0, columns[1]?.[index] ?? 0, columns[2]?.[index] ?? 0];
  return [row(0), row(1), row(2)];
};
function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const size = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const over = (value: number): number => value / size;
  return [
    [over(e * i - f * h), over(c * h - b * i), over(b * f - c * e)],
    [over(f * g - d * i), over(a * i - c * g), over(c * d - a * f)],
    [over(d * h - e * g), over(b * g - a * h), over(a * e - b * d)],
  ];
}
const diagonal = ([x, y, z]: Triple): Matrix => [[x, 0, 0], [0, y, 0], [0, 0, z]];

/** What red, green and blue are, each in a column, next to the white of profiles. */
function adapted({ red, green, blue, white }: Primaries): Matrix {
  const [r, g, b, w] = [xyzOf(red), xyzOf(green), xyzOf(blue), xyzOf(white)];
  const columns: Matrix = [[r[0], g[0], b[0]], [r[1], g[1], b[1]], [r[2], g[2], b[2]]];
  const [from, to] = [applied(BRADFORD, w), applied(BRADFORD, D50)];
  const turn = times(inverse(BRADFORD), times(diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]), BRADFORD));
  return times(turn, times(columns, diagonal(applied(inverse(columns), w))));
}

const ENTRIES = 1024;
const fixed = (...values: readonly number[]): Buffer => {
  const made = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) made.writeInt32BE(Math.round(value * 65_536), index * 4);
  return made;
};
const tag = (type: string, body: Buffer): Buffer => Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), body]);
const xyz = (values: Triple): Buffer => tag('XYZ ', fixed(...values));

function curveOf(transfer: Transfer): Buffer {
  if (transfer.type === 'power') return tag('para', Buffer.concat([Buffer.alloc(4), fixed(transfer.gamma)]));
  if (transfer.type === 'srgb') return tag('para', Buffer.concat([Buffer.from([0, 3, 0, 0]), fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]));
  const table = Buffer.alloc(4 + ENTRIES * 2);
  table.writeUInt32BE(ENTRIES, 0);
  for (let entry = 0; entry < ENTRIES; entry += 1) table.writeUInt16BE(Math.round(transfer.at(entry / (ENTRIES - 1)) * 65_535), 4 + entry * 2);
  return tag('curv', table);
}

function words(text: string): Buffer {
  const [head, body] = [Buffer.alloc(20), Buffer.from(text, 'utf16le').swap16()];
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(12, 4);
  head.write('enUS', 8, 'latin1');
  head.writeUInt32BE(body.length, 12);
  head.writeUInt32BE(28, 16);
  return tag('mluc', Buffer.concat([head, body]));
}

/** Less than anybody sees. */
const NEAR = 0.002;
const isUsual = ({ primaries, transfer }: Colours): boolean =>
  transfer.type === 'srgb' && (['red', 'green', 'blue', 'white'] as const).every((one) => primaries[one].every((value, index) => Math.abs(value - (SRGB_PRIMARIES[one][index] ?? 0)) < NEAR));

/** A colour profile (ICC.1, version 4) that means these colours, for files and readers that do not know them by number; null for those of a picture that says nothing. */
export function profileOf(colours: Colours): Buffer | null {
  if (isUsual(colours)) return null;
  const { primaries, transfer } = colours;
  const [x, y, z] = adapted(primaries);
  const [curve, none] = [curveOf(transfer), words('No copyright')];
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', words('Colours by number')],
    ['cprt', none],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz([x[0], y[0], z[0]])],
    ['gXYZ', xyz([x[1], y[1], z[1]])],
    ['bXYZ', xyz([x[2], y[2], z[2]])],
    ...(['rTRC', 'gTRC', 'bTRC'] as const).map((name) => [name, curve] as const),
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  const bodies: Buffer[] = [];
  let [at, last] = [128 + table.length, 0];
  for (const [index, [name, body]] of tags.entries()) {
    // The three curves are one.
    if (index === 0 || body !== tags[index - 1]?.[1]) {
      last = at;
      bodies.push(body, Buffer.alloc(-body.length & 3));
      at += body.length + (-body.length & 3);
    }
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(last, 8 + index * 12);
    table.writeUInt32BE(body.length, 12 + index * 12);
  }
  const head = Buffer.alloc(128);
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x04_00_00_00, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.set([0x07, 0xea, 0, 1, 0, 1], 24);
  head.write('acsp', 36, 'latin1');
  fixed(...D50).copy(head, 68);
  return Buffer.concat([head, table, ...bodies]);
}
