/** A picture of 8-bit pixels. `profile` is what its colours mean; null: sRGB. */
export type Pixels = { readonly width: number; readonly height: number; readonly channels: 3 | 4; readonly data: Uint8Array; readonly profile: Buffer | null };

const [SHORT, LONG, UNDEFINED] = [3, 4, 7];

/** Pixels as a TIFF without compression, which the picture library reads like any other file, with their colour profile. */
export function asTiff({ width, height, channels, data, profile }: Pixels): Buffer {
  const depths = Buffer.alloc(channels * 2);
  for (let channel = 0; channel < channels; channel += 1) depths.writeUInt16LE(8, channel * 2);
  const values = Buffer.concat([depths, profile ?? Buffer.alloc(0)]);
  const tags: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, channels, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, 8 + values.length],
    [277, SHORT, 1, channels],
    [278, LONG, 1, height],
    [279, LONG, 1, data.length],
    [284, SHORT, 1, 1],
    // What the fourth channel is: how much of a pixel is there, not multiplied into its colours.
    ...(channels === 4 ? ([[338, SHORT, 1, 2]] as const) : []),
    ...(profile === null ? [] : ([[34675, UNDEFINED, profile.length, 8 + depths.length]] as const)),
  ];
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + values.length + data.length, 4);
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length, 0);
  for (const [index, [tag, type, count, value]] of tags.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([head, values, data, directory]);
}

/** The same without a fourth channel in which everything is there. */
export function withoutFullAlpha(rgba: Uint8Array): Pick<Pixels, 'channels' | 'data'> {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return { channels: 4, data: rgba };
  const data = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    data[to] = rgba[from] ?? 0;
    data[to + 1] = rgba[from + 1] ?? 0;
    data[to + 2] = rgba[from + 2] ?? 0;
  }
  return { channels: 3, data };
}
