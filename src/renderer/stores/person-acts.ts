/**
 * What a person does, one act after the other while main answers. An act that leads elsewhere changes the place for which
 * those behind it are meant.
 */
export class PersonActs {
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #moves = 0;

  /** @param failed is told what an act rejected with; the next one is done all the same. */
  constructor(private readonly failed: (failure: unknown) => void) {}

  /** How many are not done yet, the one at work included. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether one of them leads to a place that is not known yet. */
  get isMoving(): boolean {
    return this.#moves > 0;
  }

  /** Resolves when all that was done so far is answered. */
  get done(): Promise<void> {
    return this.#tail;
  }

  /** Work between the acts that is nobody's. */
  behind(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch(this.failed);
  }

  act(work: () => Promise<void>): void {
    this.#waiting += 1;
    this.behind(() => work().finally(() => (this.#waiting -= 1)));
  }

  move(work: () => Promise<void>): void {
    this.#moves += 1;
    this.act(() => work().finally(() => (this.#moves -= 1)));
  }
}
