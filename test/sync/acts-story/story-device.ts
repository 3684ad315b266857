import { rmSync } from 'node:fs';
import { PicferryError } from '../../../src/lib/picferry-error';
import type { OpenConflict, SyncEngine } from '../../../src/main/sync/engine-contract';
import type { SimulatedWorld, TestDevice } from '../sync-world';
import { factsOf, meet, shownBy, type Facts } from './facts';
import type { StoryDocument } from './story-document';

class Killed extends Error {}

/** How an act ended that did not come through. */
export type Ended = 'refused' | 'killed';

/** A device with its person: what they have in their file, see of open questions, and have not told of. */
export class StoryDevice {
  readonly #device: TestDevice;
  #left = Infinity;
  #untold = new Set<string>();
  /** What the file said when nothing was left to tell. */
  stood: Facts | null = null;
  /** What the file said before a merge was ended in it or a version put into it. */
  before: Facts | null = null;

  constructor(
    world: SimulatedWorld,
    readonly name: string,
  ) {
    this.#device = world.device(name);
    this.restart();
  }

  get engine(): SyncEngine {
    return this.#device.service;
  }

  get document(): StoryDocument {
    return { cells: {}, items: [], list: [], ...(this.#device.read() as Partial<StoryDocument> | undefined) };
  }

  get facts(): Facts {
    return factsOf(this.#device.read());
  }

  write(document: StoryDocument): void {
    this.#device.write(document);
  }

  pathFor(name: string): string {
    return `${this.#device.folder}-${name}`;
  }

  restart(): void {
    this.#left = Infinity;
    this.#device.restart(() => {
      this.#left -= 1;
      if (this.#left <= 0) throw new Killed();
    });
  }

  /** An act that may be refused, or killed at the n-th point it reaches, which a new start follows. */
  async attempt<T>(act: () => Promise<T>, killedAt: number | null): Promise<{ readonly done: T } | Ended> {
    this.#left = killedAt ?? Infinity;
    try {
      return { done: await act() };
    } catch (error) {
      if (error instanceof PicferryError) return 'refused';
      if (!(error instanceof Killed)) throw error;
      this.restart();
      return 'killed';
    } finally {
      this.#left = Infinity;
    }
  }

  /** The questions, with those that are decided and not yet told of. */
  get questions(): readonly OpenConflict[] {
    return this.engine.conflicts(undefined, undefined, true);
  }

  /** What the questions show beside the file, place by place. */
  seen(): ReadonlyMap<string, ReadonlySet<string>> {
    const seen = new Map<string, Set<string>>();
    for (const [place, values] of this.questions.flatMap((one) => [...shownBy(one)])) seen.set(place, new Set([...(seen.get(place) ?? []), ...values]));
    return seen;
  }

  hasToTell(place: string): void {
    this.#untold.add(place);
  }

  hasUntoldAt(place: string): boolean {
    return [...this.#untold].some((one) => meet(one, place));
  }

  hasTold(): void {
    this.#untold = new Set();
    this.stood = this.facts;
  }

  remove(): void {
    rmSync(this.#device.folder, { recursive: true, force: true });
    rmSync(this.#device.file, { force: true });
  }
}
