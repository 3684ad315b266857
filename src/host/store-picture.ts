import { dimensionsOf, extensionOf, typeByContent } from './file-kinds';
import type { StoredFile } from './file-store';
import type { ReceivedFile } from './file-writer';
import type { HostContext } from './host-context';
import type { Dialect } from './host-options';
import { addressOf, type HostCall } from './http-call';
import type { AcceptedUpload } from './upload-call';
import { localDate } from './wall-time';

/** How a service that takes pictures only keeps one: `folder/YYYY/MM/DD/stem.extension`, typed by its bytes. */
export type PictureRules = {
  readonly dialect: Dialect;
  readonly formats: readonly string[];
  readonly folder: string;
  readonly stem: string;
  readonly publicId: string | null;
  readonly deleteKey: string;
  /** A format whose size in pixels the service does not read. */
  readonly unmeasured?: string;
};

/** Whether the name's extension and the bytes are both among the formats; they may be two different ones. */
export function isPictureOf(formats: readonly string[], file: ReceivedFile): boolean {
  return formats.includes(extensionOf(file.name)) && typeByContent(file.head, formats) !== null;
}

/** Stores an accepted picture under the extension that its bytes show. Rejects when they show none of the formats. */
export async function storePicture(host: HostContext, call: HostCall, { file, path }: AcceptedUpload, rules: PictureRules): Promise<StoredFile> {
  const type = typeByContent(file.head, rules.formats);
  if (type === null) throw new Error('an upload of another type was accepted');
  const now = host.now();
  const storedName = `${rules.stem}.${type.extension}`;
  return host.store.add(path, {
    dialect: rules.dialect,
    kind: 'image',
    storedName,
    originalName: file.name,
    urlPath: `${rules.folder}/${localDate(now)}/${storedName}`,
    bytes: file.bytes,
    ...(type.extension === rules.unmeasured ? { width: 0, height: 0 } : dimensionsOf(file.head)),
    durationMs: 0,
    mime: type.mime,
    md5: file.md5,
    createdAt: now,
    owner: addressOf(call),
    publicId: rules.publicId,
    deleteKey: rules.deleteKey,
  });
}
