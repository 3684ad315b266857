/** What every request is given. */
export type Call = { readonly signal: AbortSignal };
