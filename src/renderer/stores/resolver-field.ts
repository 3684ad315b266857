import type { StoreApi } from 'zustand/vanilla';
import type { LeftText } from '../../shared/model/resolver';
import type { ResolverState } from './resolver-state';

const samePath = (a: LeftText['path'], b: LeftText['path']): boolean => JSON.stringify(a) === JSON.stringify(b);

const TYPED_AFTER_MS = 200;

type Typed = LeftText & { readonly id: string };
type FieldParts = { readonly after: (ms: number, act: () => void) => () => void; readonly send: (typed: Typed & { /** The first since the field was opened. */ readonly anew: boolean }) => void };

/** What is typed in the open field, and what was typed at places that are closed: that stays until the person throws it away. */
export class ResolverField {
  /** What the field holds, if the person typed in it. */
  #text: string | null = null;
  #unsent: Typed | null = null;
  #anew = true;
  #stop: () => void = () => undefined;
  readonly #told = new Set<string>();

  constructor(
    private readonly store: StoreApi<ResolverState>,
    private readonly parts: FieldParts,
  ) {}

  opened(): void {
    this.#text = null;
    this.#anew = true;
  }

  get isTyped(): boolean {
    return this.#text !== null;
  }

  /** Sent once nothing was typed for a moment; at a place that is closed it stays in the field. */
  type(text: string): void {
    const { selected, item, gone } = this.store.getState();
    this.#text = text;
    this.drop();
    if (selected === null || gone) return;
    this.#unsent = { id: selected, path: item?.path ?? [], text };
    this.#stop = this.parts.after(TYPED_AFTER_MS, () => this.flush());
  }

  drop(): void {
    this.#stop();
    this.#unsent = null;
  }

  flush(): void {
    const typed = this.#unsent;
    this.drop();
    if (typed === null || this.store.getState().gone) return;
    this.parts.send({ ...typed, anew: this.#anew });
    this.#anew = false;
  }

  /** The place is there again: what was typed meanwhile counts. */
  back(): void {
    if (this.#text !== null) this.type(this.#text);
  }

  /** What main had of places that it closed. That of the open field stays in it. */
  take(left: readonly LeftText[]): void {
    for (const one of left) {
      const name = JSON.stringify(one);
      if (this.#told.has(name)) continue;
      this.#told.add(name);
      const { editing, item } = this.store.getState();
      if (editing && item !== null && samePath(item.path, one.path)) this.#text ??= one.text;
      else this.add(one);
    }
  }

  add(one: LeftText): void {
    this.store.setState(({ left }) => ({ left: [...left.filter(({ path }) => !samePath(path, one.path)), one] }));
  }

  /** The person leaves a field whose place is closed. */
  leave(): void {
    this.drop();
    const { item } = this.store.getState();
    if (this.#text !== null && item !== null) this.add({ path: item.path, text: this.#text });
    this.#text = null;
  }

  /** Throws one away, by its place; that of the open field with it. */
  discard(path: LeftText['path']): void {
    const { item } = this.store.getState();
    if (item !== null && samePath(item.path, path)) this.#text = null;
    this.store.setState(({ left }) => ({ left: left.filter((one) => !samePath(one.path, path)) }));
  }
}
