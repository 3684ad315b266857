import { setFlagsFromString } from 'node:v8';
import { ownParent } from '../../lib/parent-process';
import { serveEngine } from './process/serve-engine';

// Three documents of 50 MB and what is made of them are about 1.6 GB.
setFlagsFromString('--max-old-space-size=3072');

const parent = ownParent();
const take = serveEngine({ send: (message) => parent.send(message), end: () => process.exit(0) });
// A fault in here must end the process: its parent starts a fresh one, which goes on from what is on disk.
process.on('unhandledRejection', () => process.exit(1));
parent.onMessage(take);
