// What is used of a package that brings no types.

declare module 'x11' {
  type Answer<T> = (error: unknown, value: T) => void;
  export type Client = {
    on(event: 'error', take: (error: unknown) => void): void;
    InternAtom(onlyIfExists: boolean, name: string, answer: Answer<number>): void;
    GetSelectionOwner(selection: number, answer: Answer<number>): void;
    GetProperty(remove: 0, window: number, name: number, type: number, from: number, length: number, answer: Answer<{ readonly data: Buffer }>): void;
    QueryTree(window: number, answer: Answer<{ readonly children: readonly number[] }>): void;
    terminate(): void;
  };
  export type Display = { readonly client: Client; readonly resource_mask: number; readonly screen: readonly { readonly root: number }[] };
  export function createClient(take: Answer<Display>): Client;
}
