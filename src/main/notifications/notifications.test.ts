import { describe, expect, it } from 'vitest';
import type { BatchResult, Job } from '../../shared/model/job';
import { createTranslator, problemText } from '../../shared/i18n/translator';
import type { FinishedBatch, QueueChange } from '../queue';
import { batchNote, createNoteGroups, createTell, retriedResults, type BatchNoteDeps, type Note } from './index';

const result = (part: Partial<BatchResult> = {}): BatchResult => ({
  file: '/home/me/a.png',
  jobId: 'j1',
  state: 'done',
  uploadId: 'u1',
  url: 'https://h.example/a.png',
  width: 1,
  height: 1,
  bytes: 1,
  kind: 'image',
  accountId: 'acc',
  accountName: 'blog',
  onlyThisComputer: false,
  duplicate: false,
  problem: null,
  report: null,
  ...part,
});
const failed = (message: string, retryable = true, file = '/home/me/b.png', jobId = 'j2'): BatchResult =>
  result({ state: 'failed', url: null, uploadId: null, file, jobId, problem: { kind: 'file', sub: null, message, params: { name: 'b.png', host: 'blog' }, retryable, retryAfterMs: null, detail: null, at: 1 } as never });

const note = (results: readonly BatchResult[], copied = true, part: Partial<BatchNoteDeps> = {}, language: 'en' | 'zh-CN' = 'en', earlier: readonly BatchResult[] = []) => {
  const texts = createTranslator(language);
  const done: unknown[] = [];
  const deps: BatchNoteDeps = {
    text: (key, params) => texts.t(`desktop:${key}`, { ...params }),
    problem: (problem) => problemText(texts, problem),
    formatName: (format) => format,
    accountName: (name) => name,
    formatOf: () => 'markdown',
    picture: ({ uploadId }) => uploadId,
    copyAs: (which, format) => done.push(['copy', which.length, format]),
    open: ({ url }) => done.push(['open', url]),
    retry: (ids) => done.push(['retry', ids]),
    showUploads: () => done.push('show'),
    ...part,
  };
  return { made: batchNote({ id: 'b', origin: 'anywhere', format: null, results }, copied, deps, earlier), done };
};
const labels = (made: Note | null) => made?.actions.map(({ label }) => label);

describe('the note of a batch', () => {
  it('of one picture says what it is, where it went, and offers other formats and the link', () => {
    const { made, done } = note([result({ onlyThisComputer: true })]);
    expect(made).toMatchObject({ id: 'batch-b', title: 'Link copied', body: 'a.png · blog\nThe link opens only on this computer.', picture: 'u1', urgency: 'normal' });
    expect(labels(made)).toEqual(['Copy as url', 'Copy as html', 'Open']);
    made?.actions.forEach(({ act }) => act());
    made?.onClick();
    expect(done).toEqual([['copy', 1, 'url'], ['copy', 1, 'html'], ['open', 'https://h.example/a.png'], 'show']);
  });

  it('of many is one, names the first and counts the rest', () => {
    const { made } = note(Array.from({ length: 20 }, (_, index) => result({ file: `/x/${index}.png` })));
    expect(made).toMatchObject({ title: '20 links copied', body: '0.png, 1.png, 2.png and 17 more' });
    expect(labels(made)).toEqual(['Copy as url', 'Copy as html']);
  });

  it('says uploaded, and no more, where nothing was put on the clipboard', () => {
    expect(note([result()], false).made).toMatchObject({ title: 'Uploaded', body: 'a.png · blog' });
    expect(labels(note([result()], false).made)).toEqual(['Copy as markdown', 'Copy as url', 'Open']);
    expect(note([result({ url: null })], false).made).toMatchObject({ title: 'Uploaded', body: 'a.png · blog\nThe host looks at it first: there is no link yet.', actions: [] });
  });

  it('of failures gives the reason, tries again what can be, and is a problem', () => {
    const one = note([failed('unreadable')]);
    expect(one.made).toMatchObject({ title: 'b.png was not uploaded', urgency: 'problem' });
    expect(labels(one.made)).toEqual(['Try again', 'Show error']);
    one.made?.actions[0]?.act();
    expect(one.done).toEqual([['retry', ['j2']]]);
    const mixed = note([result(), failed('unreadable'), failed('brokenOff', false, '/c.png', 'j3'), result({ state: 'cancelled', url: null })]);
    expect(mixed.made?.title).toBe('1 of 3 links copied');
    expect(mixed.made?.body).toMatch(/^b\.png, c\.png\n.+ Others failed for other reasons\.$/);
    expect(labels(mixed.made)).toEqual(['Try again', 'Show errors']);
    expect(labels(note([failed('unreadable', false)]).made)).toEqual(['Show error']);
  });

  it('never offers to send again what may have arrived', () => {
    const { made } = note([result({ state: 'unknown', url: null, uploadId: null })]);
    expect([made?.title, labels(made)]).toEqual(['It is not known whether a.png arrived', ['Show error']]);
  });

  it('of several that may have arrived says only that there is no link', () => {
    expect(note([failed('unreadable'), result({ state: 'unknown', url: null, uploadId: null })]).made?.title).toBe('2 files ended without a link');
    expect(note([failed('unreadable'), failed('unreadable')], true, {}, 'zh-CN').made?.title).toBe('2 个文件未能上传');
  });

  it('is not made when the person stopped all of it', () => {
    expect(note([result({ state: 'cancelled', url: null })]).made).toBeNull();
  });

  it('has its words in Chinese, too', () => {
    expect(note([result(), result()], true, {}, 'zh-CN').made).toMatchObject({ title: '已复制 2 个链接', body: 'a.png, a.png' });
  });
});

describe('notes of uploads that end one after another', () => {
  const batch = (id: string, ...results: readonly BatchResult[]): FinishedBatch => ({ id, origin: 'anywhere', format: null, results });
  const done = (name: string): BatchResult => result({ file: `/x/${name}.png`, uploadId: name, url: `https://h.example/${name}.png` });
  const bench = () => {
    const clock = { now: 0 };
    const gone = new Set<string>();
    const groups = createNoteGroups({ now: () => clock.now, stands: ({ uploadId, jobId }) => !gone.has(uploadId ?? jobId ?? '') });
    const told = (one: FinishedBatch) => {
      const now = groups.join(one)();
      return now === null ? null : ([now.batch.id, now.batch.results.map(({ file }) => file), now.earlier.map(({ uploadId }) => uploadId)] as const);
    };
    return { clock, gone, groups, told };
  };

  it('are one that is brought up to date: five files within a minute of one another, then one an hour later', () => {
    const { clock, told } = bench();
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      clock.now += 60_000;
      return told(batch(name, done(name)));
    });
    expect(all.map((one) => one?.[0])).toEqual(['a', 'a', 'a', 'a', 'a']);
    expect(all.at(-1)).toEqual(['a', ['/x/e.png'], ['a', 'b', 'c', 'd']]);
    clock.now += 60_001;
    expect(told(batch('late', done('late')))).toEqual(['late', ['/x/late.png'], []]);
  });

  it('say that there were others, and copy all their links together', () => {
    const { made, done: acted } = note([done('e')], true, {}, 'en', [done('a'), result({ url: null }), done('b')]);
    expect(made).toMatchObject({ title: 'Link copied', body: 'e.png · blog\n2 more were uploaded just before.' });
    expect(labels(made)).toEqual(['Copy all 3 links', 'Copy as url', 'Open']);
    made?.actions.forEach(({ act }) => act());
    expect(acted).toEqual([['copy', 3, null], ['copy', 1, 'url'], ['open', 'https://h.example/e.png']]);
    expect(note([done('e')], true, {}, 'zh-CN', [done('a')]).made?.body).toBe('e.png · blog\n刚才还上传了 1 个。');
  });

  it('keep a failure beside the successes around it, and gather failures among themselves', () => {
    const { told } = bench();
    expect(told(batch('1', done('a')))?.[0]).toBe('1');
    expect(told(batch('2', failed('unreadable', true, '/x/f.png', 'f'))) ?? []).toEqual(['2', ['/x/f.png'], []]);
    expect(told(batch('3', done('b')))).toEqual(['1', ['/x/b.png'], ['a']]);
    expect(told(batch('4', failed('unreadable', true, '/x/g.png', 'g')))).toEqual(['2', ['/x/f.png', '/x/g.png'], []]);
    expect(told(batch('5', done('c'), failed('unreadable')))).toEqual(['5', ['/x/c.png', '/home/me/b.png'], []]);
    expect(told(batch('6', result({ state: 'cancelled', url: null })))?.[0]).toBe('6');
    expect(told(batch('7', done('d')))?.[0]).toBe('1');
  });

  it('speak no more of what was deleted or tried again, and begin anew once a person acts on them', () => {
    const { told, gone, groups } = bench();
    told(batch('1', done('a')));
    told(batch('2', done('b')));
    gone.add('a');
    expect(told(batch('3', done('c')))?.[2]).toEqual(['b']);
    groups.end('1');
    expect(told(batch('4', done('d')))).toEqual(['4', ['/x/d.png'], []]);
  });

  it('that wait for their picture leave it to the later one to tell of both', () => {
    const { groups } = bench();
    const first = groups.join(batch('1', done('a')));
    const second = groups.join(batch('2', done('b')));
    expect([first(), second()?.earlier.length]).toEqual([null, 1]);
  });
});

describe('telling', () => {
  const bench = () => {
    const shown: Note[] = [];
    const pictures: ((path: string | null) => void)[] = [];
    let notifications: 'all' | 'problems' | 'none' = 'all';
    const tell = createTell({ settings: () => ({ notifications }), notifications: { show: (one) => void shown.push(one) }, picture: () => new Promise((resolve) => pictures.push(resolve)) });
    return { tell, shown, pictures, set: (value: typeof notifications) => (notifications = value) };
  };
  const plain = (part: Partial<Note>): Note => ({ id: 'n', title: 't', body: '', picture: null, actions: [], onClick: () => undefined, urgency: 'normal', ...part });

  it('shows what the person wants to be told, and nothing else', () => {
    const { tell, shown, set } = bench();
    for (const setting of ['all', 'problems', 'none'] as const) {
      set(setting);
      for (const urgency of ['normal', 'problem', 'question'] as const) tell(plain({ title: `${setting} ${urgency}`, urgency }));
    }
    expect(shown.map(({ title }) => title)).toEqual(['all normal', 'all problem', 'all question', 'problems problem', 'problems question']);
  });

  it('lets a note that waits for its picture give way to a later one of its id', async () => {
    const { tell, shown, pictures } = bench();
    tell(plain({ title: 'early', picture: 'a.webp' }));
    tell(plain({ title: 'late', picture: 'b.webp' }));
    pictures[0]?.('a.png');
    pictures[1]?.('b.png');
    await Promise.resolve();
    await expect.poll(() => shown.map(({ title, picture }) => [title, picture])).toEqual([['late', 'b.png']]);
  });
});

describe('trying again', () => {
  const job = (id: string, state: Job['state']): Job => ({ id, state, name: `${id}.png`, url: state === 'done' ? 'https://h.example/x' : null }) as Job;
  const bench = (left: readonly Job[]) => {
    const listeners = new Set<(change: QueueChange) => void>();
    const retried: string[][] = [];
    const queue = {
      retry: async (ids: readonly string[] | 'failed') => void retried.push([...ids]),
      snapshot: () => ({ jobs: left, summary: {} as never }),
      onChange: (listener: (change: QueueChange) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const tell = (upsert: readonly Job[], removed: readonly string[] = []): void => listeners.forEach((listener) => listener({ upsert, removed, summary: {} as never }));
    return { queue, tell, retried, listeners };
  };

  it('waits for all of them, whatever others do, and gives their ends in order', async () => {
    const { queue, tell, retried, listeners } = bench([job('a', 'queued'), job('b', 'sending'), job('c', 'queued')]);
    const results = retriedResults(queue, ['a', 'b', 'c'], new AbortController().signal);
    await expect.poll(() => listeners.size).toBe(1);
    tell([job('other', 'done'), job('b', 'done')]);
    tell([job('b', 'done')], ['c']);
    tell([job('a', 'failed')]);
    expect((await results)?.map(({ jobId, state }) => [jobId, state])).toEqual([['a', 'failed'], ['b', 'done']]);
    expect([retried, listeners.size]).toEqual([[['a', 'b', 'c']], 0]);
  });

  it('gives up when Picferry ends', async () => {
    const { queue, listeners } = bench([job('a', 'queued')]);
    const life = new AbortController();
    const results = retriedResults(queue, ['a'], life.signal);
    await expect.poll(() => listeners.size).toBe(1);
    life.abort();
    expect([await results, listeners.size]).toEqual([null, 0]);
  });
});
