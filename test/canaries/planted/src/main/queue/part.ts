export type Part = number;
export const part = 1;
