/** What the drop window shows, given to it with its address. `taken` holds `{{count}}`. */
export type DropLook = {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly words: { readonly here: string; readonly taking: string; readonly taken: string; readonly nothing: string; readonly refused: string; readonly close: string };
};
