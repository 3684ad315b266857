import type { Call, DocumentSync } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import type { Ledger, LedgerDeps } from './ledger';
import type { Resolution } from './record';
import type { Head } from './remote-view';
import { readMessage } from './tag';

type Deps = LedgerDeps & { readonly host: DocumentSync; readonly device: { readonly id: string }; readonly call: Call };
type Receipt = Awaited<ReturnType<DocumentSync['resolve']>>;

const KEPT = 20;

/**
 * The host's own conflicts about this device's pushes. They are settled here already, so they are closed with the very
 * document both sides have: explicit content cannot be misread, whatever the host means by "local". No tag fits in that
 * call; the record says instead what was sent before it leaves, and is how its version is known again.
 */
export class HostConflicts {
  constructor(
    private readonly deps: Deps,
    private readonly ledger: Ledger,
  ) {}

  /** What comes of it is to be looked at like anybody's version. */
  async close(head: Head): Promise<void> {
    const { host, device, call } = this.deps;
    const { fileKey, operations } = this.ledger.record;
    const ours = new Set(operations.map(({ version }) => version));
    const found = await host.conflicts(fileKey, false, call);
    for (const { id, localDeviceId, savedAsVersion } of found) {
      if (localDeviceId !== device.id && !(savedAsVersion !== null && ours.has(savedAsVersion))) continue;
      const latest = await host.latest(fileKey, device.id, call);
      if (latest === null || latest.version !== head.version) return;
      await this.#close(id, head);
    }
    this.ledger.step({ host: { ...this.ledger.record.host, conflicts: false } });
  }

  async #close(conflict: number, head: Head): Promise<void> {
    const { files, host, call } = this.deps;
    const { resolutions, seen } = this.ledger.record;
    const isOne = (one: Resolution): boolean => one.conflict === conflict && one.base === head.version;
    const others = resolutions.filter((one) => !isOne(one) && (one.version === null || one.version > seen));
    const said: Resolution = { conflict, base: head.version, canon: head.facts.canon, loose: head.facts.loose, version: null, hash: null };
    this.ledger.step({ resolutions: [...others, said].slice(-KEPT) });
    files.reach('before-resolve');
    let receipt: Receipt;
    try {
      receipt = await host.resolve(conflict, 'custom', head.text, call);
    } catch (error) {
      const gone = error instanceof ProviderError && ['not_found', 'conflict'].includes(error.problem.kind);
      if (!gone) throw error;
      // Somebody else closed it, unless this device did and never heard of it.
      if (!resolutions.some(isOne)) this.ledger.step({ resolutions: others });
      return;
    }
    files.reach('after-resolve');
    const made = await this.#versionOf(receipt, head);
    if (made !== 'unknown') this.ledger.step({ resolutions: made === null ? others : [...others, { ...said, ...made }].slice(-KEPT) });
  }

  /** The version that a resolution became; null: it is the head as it was. */
  async #versionOf({ version, hash }: Receipt, head: Head): Promise<Pick<Resolution, 'version' | 'hash'> | null | 'unknown'> {
    if (version !== null) return version > head.version ? { version, hash } : null;
    const { host, device, call } = this.deps;
    const { fileKey } = this.ledger.record;
    const latest = await host.latest(fileKey, device.id, call);
    if (latest === null || latest.version <= head.version) return null;
    const row = await host.version(fileKey, latest.version, latest.hash, call);
    // A tag says that it is somebody's push, which came before or since.
    return row === null || readMessage(row.message).tag !== null ? 'unknown' : { version: latest.version, hash: latest.hash };
  }
}
