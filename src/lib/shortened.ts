/** As much of a text as fits into so many bytes, in whole characters with the marks that belong to them. */
export function shortened(text: string, most: number): string {
  let [kept, bytes] = ['', 0];
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > most) break;
    kept += segment;
  }
  return kept;
}
