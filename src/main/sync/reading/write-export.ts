import { writeFileAtomic } from '../../../lib/atomic-file';
import { fileProblem } from '../sync-problems';

/** Writes a document to where a person wants it. Throws `PicferryError` for what the system refuses. */
export function writeExport(path: string, text: string, now: number): void {
  try {
    writeFileAtomic(path, text);
  } catch (error) {
    throw fileProblem(error, 'write', now);
  }
}
