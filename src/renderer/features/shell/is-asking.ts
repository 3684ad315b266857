/** Whether a question or a form is open: what leads elsewhere would take away what was typed there. */
export const isAsking = (): boolean => document.querySelector('[data-modal]') !== null;
