import { joinMarks, type SharedMarks, type SharedRow } from '../../../library';

type Count = { readonly facts: boolean; readonly life: Pick<SharedMarks, 'life'> };

/** Counts the records that several devices' parts tell of together. */
export class Census {
  readonly #all = new Map<string, Count>();

  add(rows: ReadonlyMap<string, SharedRow>): void {
    for (const [id, { facts, life }] of rows) {
      const known = this.#all.get(id);
      const own = life === undefined ? {} : { life };
      this.#all.set(id, { facts: known?.facts === true || facts !== undefined, life: known === undefined ? own : joinMarks(known.life, own) });
    }
  }

  /** The ids of those that a library would show. */
  there(): readonly string[] {
    return [...this.#all].flatMap(([id, { facts, life }]) => (facts && life.life?.gone !== true ? [id] : []));
  }
}
