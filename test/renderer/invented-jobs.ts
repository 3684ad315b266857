import type { Job, QueueSummary } from '../../src/shared/model/job';
import type { Problem } from '../../src/shared/model/problem';
import type { Upload } from '../../src/shared/model/upload';

export const inventedNow = Date.UTC(2026, 10, 20, 9, 30);

export const inventProblem = (changed: Partial<Problem>): Problem => ({
  kind: 'server',
  sub: null,
  message: 'internal',
  params: {},
  retryable: true,
  retryAfterMs: null,
  detail: null,
  at: inventedNow,
  ...changed,
});

export const inventJob = (changed: Partial<Job>): Job => ({
  id: 'job-1',
  batchId: 'batch-1',
  position: 0,
  name: 'harbour.png',
  accountId: 'acc-1',
  accountName: 'Blog pictures',
  provider: 'chevereto',
  albumId: null,
  onlyThisComputer: false,
  kind: 'image',
  bytes: 1_240_000,
  state: 'queued',
  wait: null,
  waitUntil: null,
  sentBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  attempts: 1,
  problem: null,
  uploadId: null,
  url: null,
  width: null,
  height: null,
  duplicate: false,
  pendingReview: false,
  thumb: null,
  profile: null,
  adapted: null,
  report: null,
  hasFile: true,
  sha256: null,
  createdAt: inventedNow,
  finishedAt: null,
  ...changed,
});

export const inventDone = (changed: Partial<Job>): Job => {
  const id = changed.id ?? 'job-1';
  return inventJob({
    state: 'done',
    uploadId: `up-${id}`,
    url: `https://img.example.net/i/2026/11/${id}.png`,
    width: 1600,
    height: 900,
    finishedAt: inventedNow,
    thumb: `${id}.webp`,
    ...changed,
  });
};

export const inventUpload = (index: number, changed: Partial<Upload> = {}): Upload => ({
  id: `up-${index}`,
  accountId: 'acc-1',
  accountName: 'Blog pictures',
  provider: 'chevereto',
  onlyThisComputer: false,
  name: `IMG_${String(4000 - index).padStart(4, '0')}.jpg`,
  storedName: null,
  remoteId: `r${index}`,
  url: `https://img.example.net/i/2026/11/img-${index}.jpg`,
  thumbUrl: null,
  thumb: index % 5 === 4 ? null : `up-${index}.webp`,
  kind: 'image',
  mime: 'image/jpeg',
  bytes: 180_000 + ((index * 7919) % 4_000_000),
  width: index % 3 === 0 ? 1080 : 1920,
  height: index % 3 === 0 ? 1920 : 1080,
  durationSeconds: null,
  sha256: 'a'.repeat(64),
  albumId: null,
  uploadedAt: inventedNow - index * 5_400_000,
  remoteState: 'online',
  linkState: 'unchecked',
  localAlbumId: null,
  tags: index % 7 === 3 ? ['screenshots'] : [],
  hasDeleteLink: true,
  ...changed,
});

export const summaryOf = (jobs: readonly Job[], changed: Partial<QueueSummary> = {}): QueueSummary => {
  const count = (...states: readonly Job['state'][]): number => jobs.filter((job) => states.includes(job.state)).length;
  return {
    paused: false,
    offline: false,
    total: jobs.length,
    done: count('done'),
    failed: count('failed'),
    active: count('preparing', 'sending'),
    waiting: count('queued'),
    unknown: count('unknown'),
    bytesPerSecond: count('sending') > 0 ? 3_200_000 : null,
    secondsLeft: count('sending', 'queued') > 0 ? 12 : null,
    ...changed,
  };
};
