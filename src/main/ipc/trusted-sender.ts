/** The only origin whose page may call main. */
export const PAGE_ORIGIN = 'app://picferry';

/** The part of Electron's invoke event that tells who calls. */
export type CallSender = {
  readonly sender: { readonly id: number };
  /** Null when the frame is gone already. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
};

/** Which windows may call main: known by their webContents id from creation to closing. */
export interface TrustedWindows {
  has(id: number): boolean;
}

/** A known window, our own page, its top frame: all three. Reads the frame at once, it may be gone later. */
export const isTrusted = (event: CallSender, windows: TrustedWindows): boolean => {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === PAGE_ORIGIN && windows.has(event.sender.id);
};
