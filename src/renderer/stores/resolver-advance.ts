import type { Decided, ItemView } from '../../shared/model/resolver';

export type Choice = Exclude<Decided, { readonly take: 'edited' }>;

/** A place with all that is shown of it. */
type Place = { readonly id: string; readonly item: ItemView };
export type NextPlace = Place & { readonly row: number };

/** The list stays so long where a choice was made: who decides three places in a second finds it gone on at each key. */
export const ADVANCE_MS = 130;
/** Nobody has seen a change that is younger than this: a choice within it is meant for the place before. */
export const UNSEEN_MS = 120;
/** "Next" within this asks for what the list did by itself. */
export const NEXT_MS = 480;

type AdvanceParts = {
  readonly after: (ms: number, act: () => void) => () => void;
  readonly show: (next: NextPlace) => void;
};

/**
 * The list that goes on to the next undecided place by itself, a moment after a choice. What a person does before it could be
 * seen that it went on, was meant for the place before: a choice comes back to that, and the wish to go on is fulfilled.
 */
export class Advance {
  #waiting: { readonly next: NextPlace; readonly stop: () => void } | null = null;
  #left: { readonly place: Place; unseen: boolean; stop: () => void } | null = null;
  #choice: Choice | null = null;

  constructor(private readonly parts: AdvanceParts) {}

  /** Goes on in `ms` from a place where a choice was made. */
  begin(choice: Choice, from: Place, next: NextPlace, ms: number): void {
    this.cancel();
    this.#choice = choice;
    this.#waiting = { next, stop: this.parts.after(ms, () => this.#go(from, next)) };
  }

  /** The person wants to go on: whether the list does so at once, or just did. */
  hurry(): boolean {
    const [waiting, left] = [this.#waiting, this.#left];
    this.cancel();
    if (waiting !== null) this.parts.show(waiting.next);
    return waiting !== null || left !== null;
  }

  /** To take once more what was taken just now is to want to go on. */
  isRepeated(choice: Choice): boolean {
    const last = this.#choice;
    return (this.#waiting !== null || this.#left?.unseen === true) && last !== null && last.take === choice.take && (last.take !== 'both' || choice.take !== 'both' || last.first === choice.first);
  }

  /** Stays. Gives the place that was left a moment ago, if the person cannot have seen the new one yet. */
  cancel(): Place | null {
    const left = this.#left;
    this.#waiting?.stop();
    left?.stop();
    this.#waiting = null;
    this.#left = null;
    return left?.unseen === true ? left.place : null;
  }

  #go(from: Place, next: NextPlace): void {
    this.#waiting = null;
    const left = { place: from, unseen: true, stop: (): void => undefined };
    left.stop = this.parts.after(UNSEEN_MS, () => {
      left.unseen = false;
      left.stop = this.parts.after(NEXT_MS - UNSEEN_MS, () => (this.#left = null));
    });
    this.#left = left;
    this.parts.show(next);
  }
}
