import type { FileView, RequestView } from '../../src/host/control';
import type { FaultInput } from '../../src/host/faults';
import type { Dialect } from '../../src/host/host-options';
import type { SwitchChanges } from '../../src/host/switches';

/** The test host's control handle, from outside its process. */
export type HostControl = {
  /** Every file ever stored, oldest first, with the digest of its bytes. */
  readonly files: (dialect?: Dialect) => Promise<readonly FileView[]>;
  readonly requests: () => Promise<readonly RequestView[]>;
  /** The uploads among the requests, oldest first. */
  readonly uploads: () => Promise<readonly RequestView[]>;
  readonly fail: (fault: FaultInput) => Promise<void>;
  readonly set: (switches: SwitchChanges) => Promise<void>;
  /** How many versions of a document the host has. */
  readonly versions: (fileKey: string) => Promise<number>;
  /** The host loses every version above this one. */
  readonly rollBack: (fileKey: string, version: number) => Promise<void>;
};

export const hostControl = (baseUrl: string): HostControl => {
  const get = async (path: string): Promise<unknown> => (await fetch(`${baseUrl}/__control/${path}`)).json();
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${baseUrl}/__control/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const requests = async (): Promise<readonly RequestView[]> => (await get('requests')) as readonly RequestView[];
  return {
    files: async (dialect) => (await get(`files${dialect === undefined ? '' : `?dialect=${dialect}`}`)) as readonly FileView[],
    requests,
    uploads: async () => (await requests()).filter(({ call }) => call === 'upload'),
    fail: (fault) => post('fail', fault),
    set: (switches) => post('switches', switches),
    versions: async (fileKey) => ((await get(`versions?file_key=${fileKey}`)) as readonly unknown[]).length,
    rollBack: (fileKey, version) => post('rollback', { file_key: fileKey, version }),
  };
};
