/** Where the extension begins, its dot included; the end of the name when it has none. */
export const extensionAt = (name: string): number => /^.+(?=\.[A-Za-z0-9]{1,10}$)/.exec(name)?.[0].length ?? name.length;

/** A typed name with one extension: the file's own where none was typed, and once where it was typed before the one that stood there. Null for the file's own name. */
export const typedName = (typed: string, own: string): string | null => {
  const name = typed.trim();
  const extension = own.slice(extensionAt(own));
  if (name === '' || name === own) return null;
  if (extension === '') return name;
  if (extensionAt(name) === name.length) return `${name}${extension}`;
  return name.toLowerCase().endsWith(`${extension}${extension}`.toLowerCase()) ? name.slice(0, -extension.length) : name;
};
