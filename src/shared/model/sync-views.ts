import { z } from 'zod';
import { Problem } from './problem';
import { SyncName } from './sync';

/** Two texts by lines. Lines count from 1. `fold`: so many equal lines are left out. */
export const LineRow = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('same'), before: z.number(), after: z.number(), text: z.string() }),
    z.strictObject({ kind: z.literal('removed'), before: z.number(), text: z.string() }),
    z.strictObject({ kind: z.literal('added'), after: z.number(), text: z.string() }),
    z.strictObject({ kind: z.literal('fold'), count: z.number() }),
  ])
  .readonly();
export type LineRow = z.infer<typeof LineRow>;

/** A page of lines. `id` asks for further pages of the same texts. */
export const LinePage = z.strictObject({ id: z.string(), total: z.number(), bytes: z.number(), lines: z.array(z.string()).readonly() }).readonly();
export type LinePage = z.infer<typeof LinePage>;
export const LineRowPage = z.strictObject({ id: z.string(), total: z.number(), rows: z.array(LineRow).readonly() }).readonly();
export type LineRowPage = z.infer<typeof LineRowPage>;

/** A file that is to become a document, as it was found; nothing is remembered yet. */
export const FileLook = z
  .strictObject({
    path: z.string(),
    name: z.string(),
    /** A key made of its name. */
    fileKey: z.string(),
    bytes: z.number(),
    /** Why it cannot sync as it is. */
    problem: Problem.nullable(),
    warnings: z
      .array(
        z.enum([
          /** Numbers that other programs would spell otherwise. */
          'exact-numbers',
          /** Half characters, which some hosts refuse. */
          'lone-surrogates',
          /** May be read and not written. */
          'read-only',
        ]),
      )
      .readonly(),
    /** The document that has this file already. */
    takenBy: SyncName.nullable(),
  })
  .readonly();
export type FileLook = z.infer<typeof FileLook>;
