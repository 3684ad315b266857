/**
 * How well a command answers what was typed, 0 for not at all: every word typed stands in its label (the first of
 * `names`) or its other names, and Enter never runs a command that only shares some letters.
 */
export const matchCommand = (_id: string, typed: string, names: readonly string[] = []): number => {
  const label = (names[0] ?? '').toLowerCase();
  const all = names.join(' ').toLowerCase();
  const words = typed.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  if (words.some((word) => !all.includes(word))) return 0;
  const [first = ''] = words;
  if (label.startsWith(first)) return 1;
  return ` ${all}`.includes(` ${first}`) ? 0.8 : 0.5;
};
