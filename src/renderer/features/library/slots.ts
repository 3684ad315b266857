/** Gives each line that is drawn the name of an element, and a line that comes the element of one that went. */
export type Slots = {
  /** The slot of each of these lines, which are all different, in their order. A line keeps its slot for as long as it is named without a gap. */
  readonly assign: (lines: readonly number[]) => readonly number[];
};

/**
 * Elements are dear and text in them is cheap, so a list that is scrolled makes no new ones. What stays on screen stays the
 * same element: the keyboard, the pointer and a second click find it again.
 */
export const createSlots = (): Slots => {
  let held = new Map<number, number>();
  return {
    assign: (lines) => {
      const wanted = new Set(lines);
      const free = [...held].filter(([line]) => !wanted.has(line)).map(([, slot]) => slot);
      const taken = new Set(held.values());
      let unused = 0;
      const another = (): number => {
        while (taken.has(unused)) unused += 1;
        taken.add(unused);
        return unused;
      };
      held = new Map(lines.map((line) => [line, held.get(line) ?? free.shift() ?? another()]));
      return [...held.values()];
    },
  };
};
