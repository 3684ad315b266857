// The entry: what it does not reach is an orphan.
export {};
