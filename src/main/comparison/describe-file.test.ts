import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeFile } from './describe-file';

const camera = {
  IFD0: { Make: 'Picferry Cameras', Model: 'P1', Artist: '小明' },
  IFD2: { DateTimeOriginal: '2026:01:02 03:04:05' },
  IFD3: { GPSVersionID: '2 3 0 0', GPSLatitudeRef: 'S', GPSLatitude: '39/1 54/1 27/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 17/1' },
};
const dot = () => sharp({ create: { width: 8, height: 6, channels: 3, background: '#446688' } });

it('names what a photo says of itself, the place first and as a point', async () => {
  for (const file of [await dot().jpeg().withExif(camera).toBuffer(), await dot().webp().withExif(camera).toBuffer(), await dot().png().withExif(camera).toBuffer()]) {
    const { said, place, more } = await describeFile(file);
    expect(said[0]).toMatchObject({ part: 'location' });
    expect(said.filter(({ name, value }) => /version/i.test(name) || value === 'Unknown')).toEqual([]);
    expect(said.map(({ name, value }) => `${name}: ${value}`)).toEqual(expect.arrayContaining(['Make: Picferry Cameras', 'Model: P1']));
    expect(place?.latitude).toBeCloseTo(-39.9075, 3);
    expect(place?.longitude).toBeCloseTo(116.388, 3);
    expect(more).toBe(0);
  }
});

it('says nothing of a picture without metadata, of no picture, and of a cut one', async () => {
  const nothing = { more: 0, place: null };
  expect(await describeFile(await dot().png().toBuffer())).toMatchObject({ ...nothing, said: [] });
  expect(await describeFile(Buffer.from('not a picture'))).toEqual({ ...nothing, said: [] });
  const photo = await dot().jpeg().withExif(camera).toBuffer();
  for (const length of [1, 20, 60, 200]) expect((await describeFile(photo.subarray(0, length))).more).toBe(0);
});
