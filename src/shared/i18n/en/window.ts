/** Texts of the namespace `window`. */
export const window = {} as const;
