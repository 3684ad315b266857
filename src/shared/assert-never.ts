/** Closes a switch over a union: a new member becomes a compile error where it is not handled. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
};
