export const smms = 1;
