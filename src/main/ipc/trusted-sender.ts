/** The only origin whose page may call main. */
export const PAGE_ORIGIN = 'app://picferry';

/** The part of Electron's invoke event that tells who calls. */
export type CallSender = {
  readonly sender: { readonly id: number };
  /** Null when the frame is gone already. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
};

/** What one of our windows is there for. */
export type WindowRole = 'main' | 'capture' | 'drop';

/** Our windows, known by their webContents id from creation to closing. */
export interface TrustedWindows {
  roleOf(id: number): WindowRole | null;
}

/** What the drop window does with what falls on it. */
const DROP_CALLS: ReadonlySet<string> = new Set(['dropping:hide', 'queue:add-paths', 'queue:add-bytes', 'queue:add-url']);

/** The main window makes all calls but those that belong to other windows; each of these makes its own and no others. */
export const mayCall = (role: WindowRole, call: string): boolean => {
  if (role === 'drop') return DROP_CALLS.has(call);
  if (call.startsWith('dropping:')) return false;
  return call.startsWith('capturing:') ? role === 'capture' : role === 'main';
};

/** A window that may make this call, our own page, its top frame: all three. Reads the frame at once, it may be gone later. */
export const isTrusted = (event: CallSender, windows: TrustedWindows, call: string): boolean => {
  const frame = event.senderFrame;
  const role = windows.roleOf(event.sender.id);
  return frame !== null && frame.parent === null && frame.origin === PAGE_ORIGIN && role !== null && mayCall(role, call);
};
