/** Gives the keyboard to what a person last acted on, or else to the screen's heading, where nothing has it any more. */
export const keepFocus = (): void => {
  if (document.activeElement !== document.body) return;
  (document.querySelector<HTMLElement>('main [data-concerned]') ?? document.querySelector<HTMLElement>('main h1'))?.focus({ preventScroll: true });
};
