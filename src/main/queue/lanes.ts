import type { WaitReason } from '../../shared/model/job';
import type { JobRecord } from './job-record';

export type Gate = { readonly wait: WaitReason; readonly until: number | null };

/** One account's jobs in order: those to look at and those ready to go. Ids may be stale; whoever takes one checks its job. */
export type Lane = {
  readonly accountId: string;
  readonly toPrepare: string[];
  readonly ready: string[];
  sending: number;
  /** The host asked the whole account to wait until then; 0 when it did not. */
  notBefore: number;
};

/** The accounts' lanes, made as they are needed, in the order they came. */
export interface Lanes {
  of(accountId: string): Lane;
  all(): Iterable<Lane>;
  /** Puts a queued job where it belongs: to look at, or ready. `first` lets it go before the others. */
  enqueue(record: JobRecord, first?: boolean): void;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const of = (accountId: string): Lane => {
    const known = lanes.get(accountId);
    if (known !== undefined) return known;
    const lane: Lane = { accountId, toPrepare: [], ready: [], sending: 0, notBefore: 0 };
    lanes.set(accountId, lane);
    return lane;
  };
  return {
    of,
    all: () => lanes.values(),
    enqueue(record, first = false) {
      const lane = of(record.accountId);
      const list = record.facts === null ? lane.toPrepare : lane.ready;
      if (first) list.unshift(record.id);
      else list.push(record.id);
    },
  };
}
