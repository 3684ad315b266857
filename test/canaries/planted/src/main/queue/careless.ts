// lint: no-restricted-syntax: Export by name
// lint: no-restricted-syntax: union of strings
// lint: no-restricted-syntax: swallow
// lint: @typescript-eslint/no-floating-promises
// lint: @typescript-eslint/no-misused-promises
// lint: @typescript-eslint/no-explicit-any
// lint: @typescript-eslint/consistent-type-imports
// lint: @typescript-eslint/switch-exhaustiveness-check
// lint: no-console
import { Part } from './part';

enum State { On, Off }
const work = async (): Promise<Part> => 1;
export const forget = (): void => { work(); };
export const loop = (list: number[]): void => list.forEach(async () => { await work(); });
export const hide = (): Promise<Part | void> => work().catch(() => {});
export const loose = (value: any): State => value;
export const say = (state: 'on' | 'off'): void => {
  switch (state) {
    case 'on':
      console.log(state);
  }
};
export default State;
