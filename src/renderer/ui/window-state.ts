/** Whether a question or a form is open: what leads elsewhere would take away what was typed there. */
export const isAsking = (): boolean => document.querySelector('[data-modal]') !== null;

/** Whether keys pressed here write text, so that Ctrl/Cmd+V and Ctrl/Cmd+Z belong to the field. */
export const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'));
