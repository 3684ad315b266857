import type { OpenConflict } from '../../../src/main/sync/engine-contract';
import type { Answers } from './answers';
import type { Decided } from './deciding';
import { elementOf, factAt, NOTHING, shownBy, type Facts } from './facts';
import type { Deed, History } from './history';
import type { StoryDevice } from './story-device';

const placesIn = (...all: readonly ReadonlyMap<string, unknown>[]): ReadonlySet<string> => new Set(all.flatMap((one) => [...one.keys()]));

type Seen = ReadonlyMap<string, ReadonlySet<string>>;

/** Writes down what people did, with what they knew then. */
export class Telling {
  constructor(
    private readonly history: History,
    private readonly answers: Answers,
    private readonly head: () => number,
  ) {}

  /** An act that made something else of a device's file. `by` an edit, or of what there was; not `sure`: it was killed. */
  changed(device: StoryDevice, before: Facts, after: Facts, seen: Seen, { by = 'edit', sure = true }: { readonly by?: Deed['by']; readonly sure?: boolean } = {}): void {
    for (const place of placesIn(before, after)) {
      const [was, is] = [factAt(before, place), factAt(after, place)];
      if (was === is) continue;
      const shown = seen.get(place) ?? new Set();
      // Who sets a place back to what both had, or to another side of its question, says nothing of their own.
      const isOwn = !shown.has(is) && (device.stood === null || factAt(device.stood, place) !== is);
      this.history.add({ who: device.name, place, knew: new Set([was, ...shown]), after: is, by, sure: sure && isOwn });
      device.hasToTell(place);
      this.#revived(device, place, after, seen);
    }
  }

  /** Who edits inside an element that is asked about, because they had deleted it, has it back. */
  #revived(device: StoryDevice, edited: string, after: Facts, seen: Seen): void {
    const element = elementOf(edited);
    if (element === null || !after.has(element)) return;
    for (const [place, is] of after) {
      if (place === edited || (place !== element && elementOf(place) !== element) || seen.get(place)?.has(NOTHING) !== true) continue;
      this.history.add({ who: device.name, place, knew: seen.get(place) ?? new Set(), after: is, by: 'chosen', sure: false });
    }
  }

  /** An answer; it goes over what its person wrote into the file meanwhile as well. */
  decided(device: StoryDevice, conflict: OpenConflict, { choice, after }: Decided, sure = true): void {
    if (conflict.kind === 'order') return;
    const [shown, file] = [shownBy(conflict), device.facts];
    for (const place of placesIn(shown, after)) {
      const [is, knew] = [factAt(after, place), shown.get(place) ?? [NOTHING, NOTHING, NOTHING]];
      if (knew.slice(1).every((one) => one === is)) continue;
      this.history.add({ who: device.name, place, knew: new Set([...knew, factAt(file, place)]), after: is, by: choice.take === 'edited' ? 'typed' : 'chosen', sure });
    }
    this.answers.add(conflict, device.name, this.head());
  }

  looked(device: StoryDevice): void {
    this.history.mark(device.name, 'looked');
  }

  /** Nothing is left to say for this device. */
  told(device: StoryDevice): void {
    this.answers.settled(device.name, this.head());
    this.history.mark(device.name, 'told');
    device.hasTold();
  }
}
