const isIn = (element: Element | null, lost: string): boolean => element === document.body || (lost !== '' && (element?.closest(lost) ?? null) !== null);

/** Gives the keyboard to what a person last acted on, or else to the screen's heading, where nothing has it any more; what lies in `lost` (a selector) counts as nothing. */
export const keepFocus = (lost = ''): void => {
  if (!isIn(document.activeElement, lost)) return;
  (document.querySelector<HTMLElement>('main [data-concerned]') ?? document.querySelector<HTMLElement>('main h1'))?.focus({ preventScroll: true });
};
