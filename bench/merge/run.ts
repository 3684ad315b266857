/** `npm run bench:merge`: the merge's rows alone, without Electron and display; exits 1 when a promise is not kept. */
import { merge } from '../merge';
import { table } from '../row';

const rows = await merge.run({ folder: '', electron: '', root: process.cwd(), say: (line) => void process.stderr.write(`merge: ${line}\n`) });
process.stdout.write(`${table(rows)}\n`);
process.exitCode = rows.every((row) => row.ok) ? 0 : 1;
