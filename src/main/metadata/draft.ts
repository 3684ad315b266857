import type { MetadataKind, Piece, StripPlan } from './contract';

/** How a part of a file is dealt with: it stays to the letter, or goes, with what takes its place. */
export type Verdict = 'stays' | { readonly drop: readonly MetadataKind[]; readonly put?: Buffer };

/** The new file while it is thought out, from the front to the end. */
export interface Draft {
  /** The old file's bytes from `from` up to `to` stay. */
  keep(from: number, to: number): void;
  /** The same by a verdict over the part. */
  judged(verdict: Verdict, from: number, to: number): void;
  /** Something is left out at this place. */
  drop(...kinds: readonly MetadataKind[]): void;
  /** A place for bytes that are told later, or never. `at`: how many bytes lie before it. */
  slot(): { fill(bytes: Buffer): void; at(): number };
  /** How long it is by now. */
  bytes(): number;
  /** How many kinds of things were left out. */
  drops(): number;
  /** Another draft follows. */
  append(other: Draft): void;
  /** What it is made of, and what was left out. */
  parts(): { readonly pieces: readonly Piece[]; readonly removed: readonly MetadataKind[] };
  /** The plan that came of it. */
  plan(): StripPlan;
}

export function createDraft(): Draft {
  const pieces: Piece[] = [];
  const removed = new Set<MetadataKind>();
  const keep: Draft['keep'] = (from, to) => {
    const last = pieces.at(-1);
    if (last !== undefined && 'from' in last && last.to === from) pieces[pieces.length - 1] = { from: last.from, to };
    else if (to > from) pieces.push({ from, to });
  };
  const drop: Draft['drop'] = (...kinds) => {
    for (const kind of kinds) removed.add(kind);
  };
  return {
    keep,
    drop,
    judged(verdict, from, to) {
      if (verdict === 'stays') return keep(from, to);
      drop(...verdict.drop);
      if (verdict.put !== undefined) pieces.push({ bytes: verdict.put });
    },
    slot() {
      const index = pieces.push({ bytes: Buffer.alloc(0) }) - 1;
      return { fill: (bytes) => void (pieces[index] = { bytes }), at: () => lengthOf(pieces.slice(0, index)) };
    },
    bytes: () => lengthOf(pieces),
    drops: () => removed.size,
    append(other) {
      const { pieces: more, removed: gone } = other.parts();
      pieces.push(...more);
      drop(...gone);
    },
    parts: () => ({ pieces, removed: [...removed] }),
    plan: () => (removed.size === 0 ? { type: 'clean' } : { type: 'cut', pieces: pieces.filter((piece) => 'from' in piece || piece.bytes.length > 0), bytes: lengthOf(pieces), removed: [...removed] }),
  };
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + ('bytes' in piece ? piece.bytes.length : piece.to - piece.from), 0);
