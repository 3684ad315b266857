/** Texts of the namespace `cli`. */
export const cli = {} as const;
