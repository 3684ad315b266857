import { describe, expect, it } from 'vitest';
import { DOCUMENT, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import { PicferryError } from '../../lib/picferry-error';
import { readMessage } from './tag';

const { world, device, withVersions, versions } = testDevices();
const begun = (): Promise<TestDevice> => withVersions({ n: 1 });
/** Notes of the versions at the host, oldest first. */
const notes = (): readonly string[] => versions().map(({ message }) => readMessage(message).note);
const failed = async (work: Promise<unknown>): Promise<void> => expect(work).rejects.toBeInstanceOf(PicferryError);
const noteOf = (one: TestDevice): string => one.service.status(DOCUMENT).note;

describe('a note', () => {
  it('names the next version, whatever sends it, after a restart as well, and no version after that', async () => {
    const a = await begun();
    expect(await a.service.keepNote(DOCUMENT, 'lighter')).toMatchObject({ note: 'lighter' });
    a.restart();
    expect(noteOf(a)).toBe('lighter');
    a.write({ n: 2 });
    expect(await a.sync()).toMatchObject({ state: 'clean', note: '' });
    a.write({ n: 3 });
    await a.sync();
    expect(notes()).toEqual(['', 'lighter', '']);
  });
  it('waits where there is nothing to send, and is changed and taken back', async () => {
    const a = await begun();
    expect(await a.sync('for later')).toMatchObject({ state: 'clean', note: 'for later' });
    expect(await a.service.keepNote(DOCUMENT, 'for another time')).toMatchObject({ note: 'for another time' });
    await a.service.keepNote(DOCUMENT, '');
    a.write({ n: 2 });
    await a.sync();
    expect(notes()).toEqual(['', '']);
  });
  it('is not spent by a version of another device, nor by one that the host refused', async () => {
    const [a, b] = [await begun(), device()];
    await b.sync();
    await a.service.keepNote(DOCUMENT, 'mine');
    b.write({ n: 1, b: 1 });
    await b.sync('theirs');
    expect(await a.sync()).toMatchObject({ state: 'clean', note: 'mine' });
    a.write({ n: 2, b: 1 });
    world.host.control.failNext({ call: 'json-push', status: 400, json: { result: 'error', code: 400, error: 'No' } });
    await failed(a.sync());
    expect(noteOf(a)).toBe('mine');
    await a.sync();
    expect([notes(), noteOf(a)]).toEqual([['', 'theirs', 'mine'], '']);
  });
  it('is spent by a push whose answer was lost, once it is found', async () => {
    const a = await begun();
    await a.service.keepNote(DOCUMENT, 'sent');
    a.write({ n: 2 });
    world.host.control.failNext({ call: 'json-push', status: 500, afterWork: true });
    await failed(a.sync());
    expect(noteOf(a)).toBe('sent');
    a.restart();
    a.write({ n: 3 });
    expect(await a.sync()).toMatchObject({ state: 'clean', note: '' });
    expect(notes()).toEqual(['', 'sent', '']);
  });
  it('that came after such a push was sent is the one of the version behind it', async () => {
    const a = await begun();
    await a.service.keepNote(DOCUMENT, 'sent');
    a.write({ n: 2 });
    world.host.control.failNext({ call: 'json-push', status: 500, afterWork: true });
    await failed(a.sync());
    await a.service.keepNote(DOCUMENT, 'since');
    expect(await a.sync()).toMatchObject({ state: 'clean', note: 'since' });
    a.write({ n: 3 });
    await a.sync();
    expect([notes(), noteOf(a)]).toEqual([['', 'sent', 'since'], '']);
  });
  it('goes again with a push that never arrived', async () => {
    const a = await begun();
    await a.service.keepNote(DOCUMENT, 'lighter');
    a.write({ n: 2 });
    world.host.control.failNext({ call: 'json-push', status: 503, json: { result: 'error', code: 503, error: 'Busy' } });
    await failed(a.sync());
    await a.sync();
    expect([notes(), noteOf(a)]).toEqual([['', 'lighter'], '']);
  });
  it('stands with what a restored version is called', async () => {
    const a = await begun();
    a.write({ n: 2 });
    await a.sync();
    await a.service.keepNote(DOCUMENT, 'as it was');
    await a.service.restore(DOCUMENT, 1, null, { note: 'Back to v1' });
    await a.sync();
    expect(notes()).toEqual(['', '', 'as it was; Back to v1']);
  });
});
