import { z } from 'zod';
import type { Switches } from '../switches';
import { acceptContent } from './content';
import type { DocumentStore, Version } from './document-store';
import { pushVersion, type Pushed } from './push-version';

/** A push of another device that knows the head. `content` is JSON text, or a value. */
export const PushAs = z.strictObject({
  file_key: z.string().min(1),
  device_id: z.string().min(1),
  device_name: z.string().optional(),
  content: z.unknown(),
  message: z.string().default(''),
});
export const Rollback = z.strictObject({ file_key: z.string().min(1), version: z.number().int().nonnegative() });

type Deps = { readonly documents: DocumentStore; readonly switches: () => Switches; readonly now: () => number };

/** Tests' hand on the documents: other devices, races, lagging and lost history. Exists in test mode only. */
export class DocumentControl {
  readonly #deps: Deps;
  readonly #races: z.output<typeof PushAs>[] = [];
  /** By document and version: in how many more answers it is missing. */
  readonly #hidden = new Map<string, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  pushAs(input: z.input<typeof PushAs>): Pushed {
    const { file_key: fileKey, device_id: deviceId, device_name: deviceName = null, content, message } = PushAs.parse(input);
    const { documents, switches, now } = this.#deps;
    const asSent = typeof content === 'string' ? content : JSON.stringify(content);
    const accepted = acceptContent(asSent, switches().wizs);
    if (accepted === null) throw new Error('pushAs was given no JSON');
    const head = documents.newest(fileKey);
    if (head !== null) documents.setCursor(fileKey, deviceId, head);
    return pushVersion(documents, { fileKey, deviceId, deviceName, content: accepted, asSent, message }, switches().wizs, now());
  }

  /** Does the push right after the next pull of its document, so that whoever pulled pushes onto a head it does not know. */
  raceNext(input: z.input<typeof PushAs>): void {
    this.#races.push(PushAs.parse(input));
  }

  /** The server lost every version above this one; 0: the document. */
  rollBack(input: z.input<typeof Rollback>): void {
    const { file_key: fileKey, version } = Rollback.parse(input);
    this.#deps.documents.rollBack(fileKey, version);
  }

  /** Every version of a document, oldest first. */
  versions(fileKey: string): readonly Version[] {
    return this.#deps.documents.from(fileKey, 0);
  }

  forget(): void {
    this.#races.length = 0;
    this.#hidden.clear();
  }

  /** Host side: a document was pulled. */
  pulled(fileKey: string): void {
    const at = this.#races.findIndex((race) => race.file_key === fileKey);
    const [race] = at < 0 ? [] : this.#races.splice(at, 1);
    if (race !== undefined) this.pushAs(race);
  }

  /** Host side: the newest version that history and updates show this time. */
  newestShown(fileKey: string, head: number): number {
    const lag = this.#deps.switches().wizs.historyLag;
    if (lag === 0) return head;
    const name = `${fileKey}\n${head}`;
    const left = this.#hidden.get(name) ?? lag;
    this.#hidden.set(name, Math.max(0, left - 1));
    return left > 0 ? head - 1 : head;
  }
}
