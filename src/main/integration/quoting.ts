/** One argument of a `sh` command line. */
export const shellQuoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/**
 * One argument of a desktop entry's Exec line: quoted, its reserved characters escaped, and escaped once more as every
 * string of such a file (Desktop Entry Specification 1.5, "The Exec key"). A percent sign stands for itself.
 */
export const execQuoted = (text: string): string => {
  const percent = text.replaceAll('%', '%%');
  if (/^[\w@%+=:,./-]+$/.test(percent)) return percent;
  return `"${percent.replaceAll(/["`$\\]/g, (sign) => `\\${sign}`)}"`.replaceAll('\\', '\\\\');
};

/** One argument of a Windows command line, as `CommandLineToArgvW` takes it apart. */
export const windowsQuoted = (text: string): string => {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)("|$)/g, (_all, slashes: string, end: string) => `${slashes}${slashes}${end === '"' ? '\\"' : ''}`)}"`;
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const xmlQuoted = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
