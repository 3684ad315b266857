import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TAG, readMessage, tagText, withTag, type Tag } from './tag';

const tag: Tag = { op: '01ARZ3NDEKTSV4RRFFQ69G5FAV', base: 12, merged: [5, 6, 7, 10], digest: '0123456789abcdef' };
const tags = fc.record({
  op: fc.stringMatching(/^[0-9A-Z]{26}$/),
  base: fc.nat(),
  on: fc.stringMatching(/^[0-9a-f]{6}$/),
  merged: fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 200 }),
  digest: fc.stringMatching(/^[0-9a-f]{16}$/),
  lost: fc.array(fc.record({ version: fc.integer({ min: 1, max: 9_999_999 }), digest: fc.stringMatching(/^[0-9a-f]{6}$/) }), { minLength: 1, maxLength: 4 }),
});

describe('the tag in a message', () => {
  it('says op, base, merged versions in ranges, and the digest', () => {
    expect(tagText(tag)).toBe('[wz1 o=01ARZ3NDEKTSV4RRFFQ69G5FAV b=12 m=5-7,10 j=0123456789abcdef]');
    expect(tagText({ ...tag, on: 'abcdef' })).toBe('[wz1 o=01ARZ3NDEKTSV4RRFFQ69G5FAV b=12.abcdef m=5-7,10 j=0123456789abcdef]');
    expect(readMessage(withTag('更新主题', tag, null))).toEqual({ note: '更新主题', tag });
    expect(readMessage(withTag('', { ...tag, merged: [] }, null))).toEqual({ note: '', tag: { ...tag, merged: [] } });
  });
  it('comes back with any note, fits its length, and drops old merged versions rather than new ones', () => {
    fc.assert(
      fc.property(fc.string(), tags, (note, any) => {
        const text = tagText(any);
        expect(text.length).toBeLessThanOrEqual(LONGEST_TAG);
        const read = readMessage(withTag(note, any, null));
        expect(read.note).toBe(note);
        expect({ ...read.tag, merged: [] }).toEqual({ ...any, merged: [] });
        const kept = read.tag?.merged ?? [];
        const sorted = [...any.merged].sort((a, b) => a - b);
        expect(kept).toEqual(kept.length === 0 ? [] : sorted.slice(-kept.length));
      }),
    );
  });
  it('has the form that its guide shows', () => {
    const [shown = ''] = /^darker \[wz1 .*$/m.exec(readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')) ?? [];
    const said: Tag = { ...tag, on: '9f86d0', exact: '89abcdef', restored: 3, act: 'decided', lost: [{ version: 13, digest: '0a1b2c' }, { version: 14, digest: 'ffee00' }] };
    expect(readMessage(shown)).toEqual({ note: 'darker', tag: said });
    expect(withTag('darker', said, null)).toBe(shown);
    expect(tagText(said).length).toBeLessThanOrEqual(LONGEST_TAG);
  });
  it('of an older build, without the digest of what it was made on, is read as it was', () => {
    fc.assert(
      fc.property(tags, ({ op, base, merged, digest }) => {
        const old = { op, base, merged, digest };
        const text = tagText(old);
        expect(text).not.toMatch(/b=\d+\./);
        const read = readMessage(`a note ${text}`);
        expect(read).toEqual({ note: 'a note', tag: { ...old, merged: read.tag?.merged } });
      }),
    );
  });
  it("never costs a person's note a character where the host cuts messages", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), tags, fc.nat(300), (note, any, longest) => {
        const stored = withTag(note, any, longest).slice(0, longest);
        const read = readMessage(stored);
        if (note.length <= longest) expect(read.note).toBe(note);
        if (read.tag !== null) expect(read.tag.op).toBe(any.op);
      }),
    );
  });
  it.each(['', 'a note', '[wz1 o=x', 'a [wz1 o=A b=1 m=9-1 j=0f]', '[wz1 o=A b=1 m=1-99999999 j=0f]', '[wz2 o=A b=1 j=0f]', '[wz1 o=A b=1 j=0f] more'])('is not found in %s', (message) => {
    expect(readMessage(message)).toEqual({ note: message, tag: null });
  });
});
