const MAX_URL = 4000;
const MAX_ADDRESSES = 200;

/** Addresses of the web, one a line and nothing else; empty for any other text. */
export const addressesIn = (text: string): readonly string[] => {
  if (text.length > MAX_URL * MAX_ADDRESSES) return [];
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const all = lines.length <= MAX_ADDRESSES && lines.every((line) => line.length <= MAX_URL && /^https?:\/\/\S+$/i.test(line));
  return all ? [...new Set(lines)] : [];
};
