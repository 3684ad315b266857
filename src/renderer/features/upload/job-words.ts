import { assertNever } from '../../../shared/assert-never';
import type { Job } from '../../../shared/model/job';
import { progressOf } from '../../stores/queue-state';
import type { Text, TextKey } from '../../stores/text';
import type { Fate } from '../../stores/upload-fates';
import type { Tone } from '../../ui/bits';

const waitingWords = (job: Job, now: number, { t, span }: Text): string => {
  const left = job.waitUntil === null ? 0 : Math.ceil((job.waitUntil - now) / 1000);
  switch (job.wait) {
    case null:
      return t('stateWaiting');
    case 'retry':
      return left > 0 ? t('stateRetry', { time: span(left) }) : t('stateRetrySoon');
    case 'rate_limit':
      return left > 0 ? t('stateRateLimit', { time: span(left) }) : t('stateRateLimitSoon');
    case 'offline':
      return t('stateOffline');
    case 'paused':
      return t('statePaused');
    case 'account_paused':
      return t('stateAccountPaused');
    case 'name':
      return t('stateName');
    case 'same_file':
      return t('stateSameFile');
    default:
      return assertNever(job.wait);
  }
};

const sendingWords = (job: Job, { t, percent, speed, span, bytes }: Text): string => {
  const fraction = progressOf(job);
  if (job.sentBytes === 0) return t('stateSendingStart');
  if (fraction === 1) return t('stateAnswer');
  if (fraction === null || job.bytesPerSecond === null || job.secondsLeft === null) return t('stateSendingPlain', { sent: bytes(job.sentBytes) });
  return t('stateSending', { percent: percent(fraction), speed: speed(job.bytesPerSecond), time: span(job.secondsLeft) });
};

/** A job's state in a person's words. `now` is epoch milliseconds, for countdowns. */
export const jobWords = (job: Job, now: number, text: Text): string => {
  const { t } = text;
  switch (job.state) {
    case 'queued':
      return waitingWords(job, now, text);
    case 'preparing':
      return t('statePreparing');
    case 'sending':
      return sendingWords(job, text);
    case 'done':
      return job.pendingReview ? t('stateReview') : job.duplicate ? t('stateDuplicate') : t('stateDone');
    case 'failed':
      return t('stateFailed');
    case 'cancelled':
      return t('stateCancelled');
    case 'unknown':
      return t('stateUnknown');
    default:
      return assertNever(job.state);
  }
};

/** What a finished job's row says once its link is of no more use. */
export const fateKeys: Readonly<Record<Fate, TextKey>> = { deleted: 'remoteDeleted', already_gone: 'remoteGone', removed: 'stateRemoved' };

export const jobTone = (job: Job): Tone => {
  if (job.state === 'failed') return 'danger';
  if (job.state === 'unknown' || job.pendingReview) return 'warn';
  if (job.state === 'queued' && job.wait !== null && job.wait !== 'same_file') return 'warn';
  if (job.state === 'done') return job.duplicate ? 'accent' : 'ok';
  return 'neutral';
};
