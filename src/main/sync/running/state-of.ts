import type { SyncState } from '../../../shared/model/sync';
import type { DocumentStatus } from '../engine-contract';

/** Everything that decides how a document stands. */
export type Standing = {
  readonly status: DocumentStatus;
  /** Changes that the host does not have. */
  readonly waiting: number;
  readonly paused: boolean;
  readonly reachable: boolean;
};

/** The one word for it: what only a person can end comes first, then what a person wanted, then what went wrong. */
export const stateOf = ({ status, waiting, paused, reachable }: Standing): SyncState => {
  if (status.state === 'rolled-back') return 'server-older';
  if (status.state === 'conflict') return 'conflict';
  if (status.state === 'first-choice') return 'first-choice';
  if (paused || status.state === 'paused') return 'paused';
  const kind = status.problem?.kind;
  if (kind === 'auth') return 'sign-in-needed';
  if (!reachable || kind === 'network') return 'offline';
  if (status.problem !== null) return 'failed';
  if (status.state === 'new') return 'new';
  return waiting > 0 || status.state === 'waiting' ? 'changes-waiting' : 'up-to-date';
};
