import { z } from 'zod';
import { PreparationReport, RemovedPart } from './preparation-report';
import { Problem } from './problem';

/** One side of a comparison. */
export const ComparedSide = z
  .strictObject({
    name: z.string(),
    bytes: z.number(),
    mime: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    /** What the window can draw; null where it cannot. Good until it is closed. */
    address: z.string().nullable(),
    /** Drawn smaller than it is, since it is too large to be drawn whole. */
    reduced: z.boolean(),
  })
  .readonly();
export type ComparedSide = z.infer<typeof ComparedSide>;

/** Something that a picture's file says, and what part of its metadata says it. */
export const Said = z.strictObject({ part: RemovedPart, name: z.string(), value: z.string() }).readonly();
export type Said = z.infer<typeof Said>;

/** A file before and after it was made ready. */
export const Comparison = z
  .strictObject({
    before: ComparedSide,
    /** Null when it could not be made ready; then there is a problem. */
    after: ComparedSide.nullable(),
    problem: Problem.nullable(),
    /** Whether the file itself would be sent. */
    same: z.boolean(),
    report: PreparationReport.nullable(),
    ms: z.number(),
    /** What the file says before; `more` counts what is not listed. */
    said: z.array(Said).readonly(),
    more: z.number(),
    place: z.strictObject({ latitude: z.number(), longitude: z.number() }).readonly().nullable(),
  })
  .readonly();
export type Comparison = z.infer<typeof Comparison>;

/** What a whole selection comes to. `exact`: every file was made ready; otherwise a few were, and the rest is reckoned by them. */
export const Estimate = z.strictObject({ files: z.number(), before: z.number(), after: z.number(), exact: z.boolean() }).readonly();
export type Estimate = z.infer<typeof Estimate>;
