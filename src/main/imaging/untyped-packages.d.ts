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
