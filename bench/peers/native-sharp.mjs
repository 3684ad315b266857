// The picture library's native build in plain Node, told what to make by its first argument: [{from, to, format, whole, edge}].
// Makes the first two once before, and prints how many seconds all of them took then.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const sharp = createRequire(import.meta.url)('sharp');
const jobs = JSON.parse(process.argv[2]);
const make = ({ from, to, format, whole, edge }) => {
  const picture = sharp(from).autoOrient();
  const sized = edge === null ? picture : picture.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });
  return (format === 'png' ? sized.png({ compressionLevel: 9 }) : sized.webp({ quality: 80, lossless: whole, effort: 4 })).toFile(to);
};
// Two at a time, as Picferry does.
const makeAll = async (wanted) => {
  const line = [...wanted];
  const next = async () => {
    for (let job = line.shift(); job !== undefined; job = line.shift()) await make(job);
  };
  await Promise.all([next(), next()]);
};
await makeAll(jobs.slice(0, 2));
const began = performance.now();
await makeAll(jobs);
process.stdout.write(String((performance.now() - began) / 1000));
