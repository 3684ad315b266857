import { factAt, isInList, meet, NOTHING, placeInList, type Facts } from './facts';

/** What somebody did at one place. */
export type Deed = {
  readonly who: string;
  readonly place: string;
  /** What they knew to stand there, at the host or in a file. */
  readonly knew: ReadonlySet<string>;
  readonly after: string;
  /** Written into the file, or typed as an answer; `chosen`: one of the values that there were. */
  readonly by: 'edit' | 'typed' | 'chosen';
  /** Whether it is certain to have happened, and to be told of. */
  readonly sure: boolean;
};
/** `looked`: a sync went through; `told`: and nothing is left to say. */
type Mark = { readonly who: string; readonly mark: 'looked' | 'told' };
type Entry = Deed | Mark;

const isDeed = (entry: Entry): entry is Deed => 'place' in entry;

/** All that was done in a story, in its order, and what of it must be there in the end. */
export class History {
  readonly #entries: Entry[] = [];

  get length(): number {
    return this.#entries.length;
  }

  add(deed: Deed): void {
    this.#entries.push(deed);
  }

  mark(who: string, mark: Mark['mark']): void {
    this.#entries.push({ who, mark });
  }

  deedsSince(at: number): readonly Deed[] {
    return this.#entries.slice(at).filter(isDeed);
  }

  /** Facts that are not there in the end, although nobody who knew of them changed them. */
  lost(final: Facts): readonly string[] {
    return this.#entries.flatMap((deed, at) => {
      if (!isDeed(deed) || !deed.sure || deed.by === 'chosen' || factAt(final, deed.place) === deed.after) return [];
      if (this.#isOverwritten(deed, at) || (deed.by === 'typed' && (this.#isReturnedTo(deed, at) || this.#isAskedAnew(deed, at)))) return [];
      return [`lost: ${deed.after} of ${deed.who} at ${deed.place}, which is ${factAt(final, deed.place)}`];
    });
  }

  /** Later, or while it was not told of: whoever did it then knew of such a value. */
  #isOverwritten({ who, place, after }: Deed, at: number): boolean {
    return this.#entries.some((other, index) => isDeed(other) && other.place === place && index !== at && other.knew.has(after) && (index > at || (other.who !== who && !this.#tells(other.who, index, at))));
  }

  #tells(who: string, from: number, to: number): boolean {
    return this.#entries.slice(from, to).some((entry) => !isDeed(entry) && entry.mark === 'told' && entry.who === who);
  }

  /** Who comes back to a place, or decides about the list anew, knows what they typed there. */
  #isReturnedTo({ who, place }: Deed, at: number): boolean {
    return this.deedsSince(at + 1).some((other) => other.who === who && (meet(other.place, place) || (other.by !== 'edit' && isInList(other.place) && isInList(place))));
  }

  /** An edit of the file at the list that an answer was typed for makes another question of it. */
  #isAskedAnew({ who, place }: Deed, at: number): boolean {
    const isMark = (entry: Entry, mark: Mark['mark']): boolean => !isDeed(entry) && entry.who === who && entry.mark === mark;
    const from = this.#entries.slice(0, at).findLastIndex((entry) => isMark(entry, 'looked'));
    const until = this.#entries.findIndex((entry, index) => index > at && isMark(entry, 'told'));
    const meanwhile = this.#entries.slice(from + 1, until < 0 ? undefined : until);
    return isInList(place) && meanwhile.some((entry) => isDeed(entry) && entry.who === who && entry.by === 'edit' && isInList(entry.place));
  }

  /** Items that the list has twice, although no two devices put back what somebody had taken out. */
  doubled(list: readonly string[]): readonly string[] {
    const twice = new Set(list.filter((item, index) => list.indexOf(item) !== index));
    const isPutBack = (item: string): boolean => {
      const deeds = this.deedsSince(0).filter(({ place }) => place === placeInList(item));
      const putBy = new Set(deeds.flatMap(({ who, after }) => (after === NOTHING ? [] : [who])));
      return putBy.size > 1 && deeds.some(({ after }) => after === NOTHING);
    };
    return [...twice].filter((item) => !isPutBack(item)).map((item) => `twice in the list: ${item}`);
  }
}
