// types: TS2591
export const platform = (): string => process.platform;
