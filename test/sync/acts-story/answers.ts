import type { OpenConflict } from '../../../src/main/sync/engine-contract';
import { meet, NOTHING, placeOf } from './facts';
import type { History } from './history';

type Answer = { readonly who: string; readonly since: number; readonly head: number; told: boolean | null };

/** The same question on every device: a place, and what the two sides have there. */
const nameOf = (conflict: OpenConflict): string => JSON.stringify([placeOf(conflict.path), ...[conflict.mine ?? NOTHING, conflict.theirs ?? NOTHING].sort()]);

/** What was decided: where a version has told of it, and nobody has done anything at the place since, nobody is to be asked again. */
export class Answers {
  readonly #answers = new Map<string, Answer>();

  constructor(private readonly history: History) {}

  /** `head`: the newest version when it was decided. */
  add(conflict: OpenConflict, who: string, head: number): void {
    this.#answers.set(nameOf(conflict), { who, since: this.history.length, head, told: null });
  }

  /** Nothing is left to say for this device. A host that makes no version of what equals its head tells nobody. */
  settled(who: string, head: number): void {
    for (const answer of this.#answers.values()) if (answer.who === who) answer.told ??= head > answer.head;
  }

  isAskedTwice(conflict: OpenConflict): boolean {
    const [answer, place] = [this.#answers.get(nameOf(conflict)), placeOf(conflict.path)];
    return answer !== undefined && answer.told === true && !this.history.deedsSince(answer.since).some((deed) => meet(deed.place, place));
  }
}
