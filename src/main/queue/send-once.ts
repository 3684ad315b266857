import type { StepBuffers } from '../../lib/step-buffers';
import type { Provider, Receipt } from '../providers/contract';
import type { FileFacts } from './job-record';
import { readChecked, type FileFault } from './read-checked';

/** How one try ended. */
export type Sent =
  | { readonly type: 'receipt'; readonly receipt: Receipt; readonly sha256: string | null }
  /** The file itself was the trouble: the host did not get the whole of it. */
  | { readonly type: 'file'; readonly fault: FileFault }
  | { readonly type: 'error'; readonly error: unknown };

export type SendHooks = {
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
  /** Called before the first byte of each opening of the file; a rejection ends the try. */
  readonly beforeBody: () => Promise<void>;
  readonly buffers: StepBuffers;
};

/** Sends a prepared file once. Never rejects. `sha256` is null only if the provider never read the file. */
export async function sendOnce(provider: Provider, file: { readonly path: string; readonly facts: FileFacts; readonly albumId: string | null }, hooks: SendHooks): Promise<Sent> {
  const { path, facts, albumId } = file;
  let sha256 = facts.sha256;
  let fault: FileFault | null = null;
  let refusal: { readonly error: unknown } | null = null;
  const open = () =>
    readChecked(path, facts, hooks.buffers, {
      onFirst: async () => {
        try {
          await hooks.beforeBody();
        } catch (error) {
          refusal = { error };
          throw error;
        }
      },
      onFault: (found) => {
        fault = found;
      },
      onHash: (digest) => {
        sha256 = digest;
      },
    });
  try {
    const receipt = await provider.upload(
      { name: facts.partName, size: facts.bytes, mime: facts.mime, kind: facts.kind, open },
      { signal: hooks.signal, albumId, onProgress: hooks.onProgress },
    );
    return { type: 'receipt', receipt, sha256 };
  } catch (error) {
    const seen = blame(fault, refusal);
    return seen ?? { type: 'error', error };
  }
}

/** The file's or the disk's own trouble comes before what the provider made of it. */
const blame = (fault: FileFault | null, refusal: { readonly error: unknown } | null): Sent | null => {
  if (fault !== null) return { type: 'file', fault };
  return refusal === null ? null : { type: 'error', error: refusal.error };
};
