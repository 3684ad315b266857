/**
 * What systems call a media type on their clipboards, most usual first: Windows has registered names (`JFIF` and `PNG` are
 * what Office and browsers use), macOS uniform type identifiers, X11 and Wayland the media types themselves.
 */
export const systemNames = (mime: string, platform: NodeJS.Platform): readonly string[] => {
  if (platform === 'win32') return [...(WINDOWS[mime] ?? []), mime];
  if (platform === 'darwin') return [...(MAC[mime] ?? []), mime];
  return [mime];
};

const WINDOWS: Readonly<Record<string, readonly string[]>> = { 'image/gif': ['GIF'], 'image/jpeg': ['JFIF'], 'image/png': ['PNG'] };
const MAC: Readonly<Record<string, readonly string[]>> = {
  'image/gif': ['com.compuserve.gif'],
  'image/jpeg': ['public.jpeg'],
  'image/webp': ['org.webmproject.webp'],
  'image/png': ['public.png'],
  'image/tiff': ['public.tiff'],
};
