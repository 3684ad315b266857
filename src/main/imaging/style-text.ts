export const withoutComments = (style: string): string => style.replace(/\/\*.*?(\*\/|$)/gs, '');

/** A style with the letters that its escapes stand for. */
export const unescaped = (style: string): string => style.replace(/\\([0-9a-f]{1,6})(?:\r\n|\s)?/gi, (_all, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code, 16)))).replace(/\\/g, '');
