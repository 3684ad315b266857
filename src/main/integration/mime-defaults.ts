const SECTION = '[Default Applications]';

const lineOf = (type: string, file: string): string => `${type}=${file}`;

/** The file's text with `file` as the default application of `type` (MIME applications associations specification); one chosen otherwise is replaced. */
export const withDefault = (text: string, type: string, file: string): string => {
  const kept = text.split('\n').filter((line) => !(line.startsWith(`${type}=`) && sectionOf(text, line) === SECTION));
  const at = kept.indexOf(SECTION);
  if (at >= 0) return [...kept.slice(0, at + 1), lineOf(type, file), ...kept.slice(at + 1)].join('\n');
  const before = kept.join('\n').replace(/\n*$/, '');
  return `${before === '' ? '' : `${before}\n\n`}${SECTION}\n${lineOf(type, file)}\n`;
};

/** The text without `file` as that default; what a person chose otherwise stays. A section that is left empty goes. */
export const withoutDefault = (text: string, type: string, file: string): string =>
  text
    .split('\n')
    .filter((line) => line.replace(/;$/, '') !== lineOf(type, file))
    .join('\n')
    .replace(/(^|\n)\[Default Applications\]\n+(?=\[|$)/, '$1')
    .replace(/\n{2,}$/, '\n');

export const isDefault = (text: string, type: string, file: string): boolean =>
  text.split('\n').some((line) => line.replace(/;$/, '') === lineOf(type, file) && sectionOf(text, line) === SECTION);

const sectionOf = (text: string, wanted: string): string | null => {
  let section: string | null = null;
  for (const line of text.split('\n')) {
    if (/^\[.*\]$/.test(line)) section = line;
    if (line === wanted) return section;
  }
  return null;
};
