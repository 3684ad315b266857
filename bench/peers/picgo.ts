import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as PicGoModule from 'picgo';
import { createRequire } from 'node:module';

// Its ES module build does not load in plain Node 20 (a JSON import without its attribute); the CommonJS one does.
const { PicGo } = createRequire(import.meta.url)('picgo') as typeof PicGoModule;

/**
 * Seconds that PicGo-Core takes for the same files to the same host, with an uploader written the way
 * its plug-ins are: one request after the other through `ctx.request`.
 */
export const picgoSeconds = async (files: readonly string[], url: string, key: string, folder: string): Promise<number> => {
  const config = join(folder, 'picgo.json');
  writeFileSync(config, JSON.stringify({ picBed: { current: 'bench', uploader: 'bench' }, picgoPlugins: {}, silent: true }));
  const picgo = new PicGo(config);
  picgo.helper.uploader.register('bench', {
    handle: async (ctx) => {
      for (const image of ctx.output) {
        const answer: unknown = await ctx.request({
          method: 'POST',
          url,
          headers: { 'X-API-Key': key, 'Content-Type': 'multipart/form-data', 'User-Agent': 'PicGo' },
          formData: { image: { value: image.buffer, options: { filename: image.fileName } } },
        } as never);
        const body = (typeof answer === 'string' ? JSON.parse(answer) : answer) as { url?: string };
        if (body.url === undefined) throw new Error('the host gave no link');
        image.imgUrl = body.url;
      }
      return ctx;
    },
  });
  const start = process.hrtime.bigint();
  const result = await picgo.upload([...files]);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result instanceof Error) throw result;
  return seconds;
};
