// types: TS2375
const none: string | undefined = undefined;
export const named: { readonly name?: string } = { name: none };
