import type { Comparison, Estimate } from '../../shared/model/comparison';
import type { PreparationProfile } from '../../shared/model/preparation';

/** A job of the queue, or a picture that was chosen to try profiles on. */
export type CompareSource = { readonly jobId: string } | { readonly exampleId: string };

/** Makes files ready only to be looked at; nothing of it is sent. Rejects with `PicferryError`. */
export interface ComparisonService {
  /** Remembers a file under an id for as long as the process runs. */
  example(path: string): Promise<{ readonly id: string; readonly name: string; readonly bytes: number }>;
  /** One at a time: the one before rejects as cancelled. Without a profile the job's own counts. */
  compare(source: CompareSource, profile: PreparationProfile | null, signal: AbortSignal): Promise<Comparison>;
  /** What jobs' files come to. One at a time, too. */
  estimate(jobIds: readonly string[], signal: AbortSignal): Promise<Estimate>;
  /** The characters of a text for a watermark that cannot be drawn, each once; null when that could not be found out. */
  missingLetters(text: string): Promise<string | null>;
  stop(): void;
}
