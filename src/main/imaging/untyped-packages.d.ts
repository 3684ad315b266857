// What is used of packages that bring no types.

declare module 'libheif-js/wasm-bundle' {
  type HeifPicture = {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    has_alpha_channel(): boolean;
    /** Fills `into.data` with RGBA and hands it to `done`; null when it cannot. */
    display(into: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }, done: (shown: object | null) => void): void;
    free(): void;
  };
  const libheif: { readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifPicture[] } };
  export = libheif;
}

declare module 'opentype.js' {
  type GlyphPath = { toPathData(decimals: number): string; getBoundingBox(): { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } };
  type GlyphOptions = { readonly variation: Readonly<Record<string, number>>; readonly kerning?: boolean };
  export type Font = {
    readonly unitsPerEm: number;
    readonly ascender: number;
    readonly descender: number;
    charToGlyphIndex(character: string): number;
    getPath(text: string, x: number, y: number, size: number, options: GlyphOptions): GlyphPath;
    getAdvanceWidth(text: string, size: number, options: GlyphOptions): number;
  };
  export function parse(file: ArrayBuffer): Font;
}
