import { PicferryError } from '../../lib/picferry-error';
import type { Call, DocumentSync, SyncConflict } from '../providers/contract';
import { ancestorsOf, type Graph, type ParentsOf } from './ancestry';
import type { CommonDocument } from './common-document';
import type { Ledger } from './ledger';
import type { RemoteView } from './remote-view';

type Deps = { readonly host: Pick<DocumentSync, 'conflicts'>; readonly call: Call };
type Closed = { readonly saved: number; readonly over: number };

/** Of closing with an explicit document, which a host does not do by itself: whoever sent it had settled both versions. */
const EXPLICIT = /custom$/;

/**
 * A host that makes no version of what it has already tells of an answer by one thing alone: its conflict about the push is
 * closed, with the document as it stands. Whoever closed it had both versions.
 */
export class AnsweredElsewhere {
  constructor(
    private readonly deps: Deps,
    private readonly ledger: Ledger,
    private readonly common: CommonDocument,
  ) {}

  /** A base for the open question over which another device's answer is a later change; null where nobody is known to have given one. */
  async base(view: RemoteView, graph: Graph, here: ReadonlySet<number>, parents: ParentsOf): Promise<string | null> {
    const { open, seen, lostFrom } = this.ledger.record;
    // The host's list may be about other versions of these numbers.
    if (open === null || open.base === null || lostFrom !== null) return null;
    const theirs = ancestorsOf(graph, open.theirsVersion);
    const over = (await this.#closed()).filter((one) => one.saved > seen && theirs.has(one.saved) && !theirs.has(one.over) && (one.over <= seen || here.has(one.over))).map((one) => one.over);
    if (over.length === 0) return null;
    return this.common.text(view, { versions: [open.theirsVersion, ...[...new Set(over)].sort((a, b) => b - a)], parents, push: null, under: [], gone: null, lost: [] });
  }

  /** Nothing where the host has no such list, or cannot give it now. */
  async #closed(): Promise<readonly Closed[]> {
    const { host, call } = this.deps;
    let found: readonly SyncConflict[];
    try {
      found = await host.conflicts(this.ledger.record.fileKey, true, call);
    } catch (error) {
      if (!(error instanceof PicferryError) || call.signal.aborted) throw error;
      return [];
    }
    return found.flatMap(({ resolution, savedAsVersion: saved, remoteVersion: over }) => (EXPLICIT.test(resolution ?? '') && saved !== null && over !== null && over < saved ? [{ saved, over }] : []));
  }
}
