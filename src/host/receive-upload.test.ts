import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestHost, type TestHost } from '../../test/host/test-host';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost({ limits: { wizs: null } });
});
afterAll(() => test.stop());

it('takes a file of 200 MB without holding it in memory', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 7);
  const pieces = 200;
  const head = Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="image"; filename="a.mp4"\r\n\r\n'),
    Buffer.from([0, 0, 0, 8]),
    Buffer.from('ftyp'),
  ]);
  const tail = Buffer.from('\r\n--b--\r\n');
  const headers = {
    'x-api-key': test.keys.wizs,
    'content-type': 'multipart/form-data; boundary=b',
    'content-length': String(head.length + pieces * chunk.length + tail.length),
  };
  const before = process.memoryUsage.rss();
  let peak = before;
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = request({ port: test.port, host: '127.0.0.1', method: 'POST', path: '/wizs/api/v1/upload.php', headers });
    sent.once('error', reject);
    sent.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(text));
    });
    let left = pieces;
    const feed = (): void => {
      peak = Math.max(peak, process.memoryUsage.rss());
      if (left-- === 0) sent.end(tail);
      else if (sent.write(chunk)) setImmediate(feed);
      else sent.once('drain', feed);
    };
    sent.write(head);
    feed();
  });
  expect(JSON.parse(answer)).toMatchObject({ result: 'success', file_size: pieces * chunk.length + 8 });
  expect((peak - before) / 1024 / 1024).toBeLessThan(100);
});
