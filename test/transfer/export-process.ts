import { createTransferWorld, invented } from './transfer-world';

/** Exports an invented library to the path given, again and again, telling each time it begins; until it is killed. */
const [, , path = ''] = process.argv;
const world = await createTransferWorld();
world.library.addMany(Array.from({ length: 3000 }, () => invented()));
for (;;) {
  process.stdout.write('begins\n');
  await world.transfer.exportTo(path, 'invented');
}
