import { rm } from 'node:fs/promises';
import type { HostContext } from './host-context';
import { alreadyAnswered, type HostCall } from './http-call';
import type { Dialect } from './host-options';
import type { ReceivedFile } from './file-writer';
import { receiveUpload, type Received } from './receive-upload';

export type Fields = ReadonlyMap<string, string>;

/** An upload whose bytes lie at `path`. */
export type AcceptedUpload = { readonly fields: Fields; readonly file: ReceivedFile; readonly path: string };

export type UploadCall = {
  readonly dialect: Dialect;
  readonly fileFields: readonly string[];
  /** Whether `file.md5` is wanted. */
  readonly md5: boolean;
  /** Asked when the file part begins: false for a request that is refused already. */
  readonly keep: (fields: Fields) => boolean;
  /** The dialect's checks in its own order, once the whole body has come; null accepts. */
  readonly refuse: (fields: Fields, file: ReceivedFile | null) => Response | null;
  /** Stores an accepted upload and answers. Must move the bytes away from `path`. */
  readonly accept: (upload: AcceptedUpload) => Promise<Response>;
  /** The answer when the host itself fails (disk full, for one). */
  readonly failed: () => Response;
};

/** Serves one upload from its first byte to the answer. A refused, broken-off or failed one leaves nothing on disk. */
export async function serveUpload(host: HostContext, call: HostCall, options: UploadCall): Promise<Response> {
  let received: Received;
  try {
    received = await receive(host, call, options);
  } catch (error) {
    host.report(error);
    return options.failed();
  }
  if (received.outcome === 'aborted') return alreadyAnswered();
  const { fields, file } = received;
  host.control?.noteFields(call.env.incoming, [...fields.keys()]);
  const path = file?.path ?? null;
  try {
    const refusal = options.refuse(fields, file);
    if (refusal === null && file !== null && path !== null) return await options.accept({ fields, file, path });
    if (path !== null) await rm(path, { force: true });
    return refusal ?? options.failed();
  } catch (error) {
    host.report(error);
    if (path !== null) await rm(path, { force: true });
    return options.failed();
  }
}

function receive(host: HostContext, call: HostCall, options: UploadCall): Promise<Received> {
  const { control } = host;
  const { incoming } = call.env;
  return receiveUpload(incoming, {
    fileFields: options.fileFields,
    maxBytes: host.limits[options.dialect],
    md5: options.md5,
    durable: host.store.durable,
    newPath: () => host.store.newPath(),
    keep: options.keep,
    ...(control ? { through: () => control.watchBody(options.dialect, incoming) } : {}),
  });
}
