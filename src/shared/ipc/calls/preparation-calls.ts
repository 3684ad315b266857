import { z } from 'zod';
import { Comparison, Estimate } from '../../model/comparison';
import { Adapted } from '../../model/job';
import { PreparationProfile, ProfileId } from '../../model/preparation';
import { BOUNDS } from '../../model/preparation-choices';
import { call, Id, Ids, Nothing } from '../call';

/** A job of the queue, or a picture that was chosen to try profiles on. */
const Source = z.union([z.strictObject({ jobId: Id }), z.strictObject({ exampleId: Id })]);

/** How files are made ready before they leave: what a person decides for single jobs, and looks at beforehand. */
export const preparationCalls = {
  /** The profile of jobs that are not sent yet; null: the account's; and what their files are made into beyond it. Failed and cancelled ones start again. */
  'queue:set-profile': call(z.strictObject({ ids: Ids, profile: ProfileId.nullable(), adapted: Adapted.nullable().optional() }), Nothing),
  /** Starts failed jobs again with files that are made so that their host takes them. */
  'queue:adapt': call(z.strictObject({ ids: Ids, adapted: Adapted }), Nothing),
  /** Names waiting jobs and lets them go on; a null name leaves the file's own. */
  'queue:set-names': call(z.strictObject({ names: z.array(z.strictObject({ id: Id, name: z.string().trim().min(1).max(255).nullable() })).min(1).max(100_000) }), Nothing),
  /** A done job's file once more with another profile; `jobId` is null when the file was not the person's. */
  'queue:send-again': call(z.strictObject({ id: Id, profile: ProfileId }), z.strictObject({ jobId: z.string().nullable() })),
  /** Opens the system's file dialog for a picture to try profiles on; null means the person closed it. */
  'preparation:choose-example': call(Nothing, z.strictObject({ example: z.strictObject({ id: z.string(), name: z.string(), bytes: z.number() }).nullable() })),
  /** The same for a picture that is to be a watermark. */
  'preparation:choose-mark': call(Nothing, z.strictObject({ path: z.string().nullable() })),
  /**
   * Makes a file ready and sends nothing. `profile` null: the one that the job has. One is made at a time: another call, or
   * `stop`, ends the one before, which then throws as cancelled. Addresses are good until they are closed by `previews:close`.
   */
  'preparation:compare': call(z.strictObject({ source: Source, profile: PreparationProfile.nullable() }), Comparison),
  /** What a file of this name would be called at a host. */
  'preparation:example-name': call(z.strictObject({ profile: PreparationProfile, name: z.string().min(1).max(255) }), z.strictObject({ name: z.string() })),
  /** The characters of a watermark's text that no font of Picferry draws, each once. */
  'preparation:missing-letters': call(z.strictObject({ text: z.string().max(500) }), z.strictObject({ missing: z.string() })),
  /** The number that the next file of a profile gets where its names count; and sets it. */
  'preparation:next-number': call(z.strictObject({ profile: ProfileId }), z.strictObject({ next: z.number() })),
  'preparation:set-next-number': call(z.strictObject({ profile: ProfileId, next: z.number().int().min(BOUNDS.counter[0]).max(BOUNDS.counter[1]) }), Nothing),
  'preparation:stop': call(Nothing, Nothing),
  /** What these jobs' files come to before and after; ends like `compare`. */
  'preparation:estimate': call(z.strictObject({ ids: Ids }), Estimate),
} as const;
