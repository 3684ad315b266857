import { z } from 'zod';

/** One call of the contract: what goes in and what comes out. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const Nothing = z.undefined();
/** A counter that grows by one with every change of a mirrored slice. */
export const Rev = z.number().int().nonnegative();
export const Id = z.string().min(1).max(200);
export const Ids = z.array(Id).min(1).max(100_000);
/** Where new jobs go. Absent account: the default one. */
export const Target = z.strictObject({ accountId: Id.optional(), albumId: z.string().max(200).optional() });
