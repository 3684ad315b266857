/** Texts of the namespace `notices`. */
export const notices = {} as const;
