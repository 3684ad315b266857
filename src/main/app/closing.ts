export type ClosingDeps = {
  /** Whether closing leaves Picferry in the tray: the person wants it, and there is a tray. */
  readonly stays: () => boolean;
  readonly hide: () => void;
  /** Told that the window closed and Picferry stays. */
  readonly onStay: () => void;
  /** Asks to end Picferry. */
  readonly quit: () => void;
};

/** What the window's close button does. */
export const createClosing =
  ({ stays, hide, onStay, quit }: ClosingDeps) =>
  (): void => {
    if (!stays()) return quit();
    hide();
    onStay();
  };
