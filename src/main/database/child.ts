import { openDatabase } from '../../lib/sqlite';
import { ownParent } from '../../lib/parent-process';
import { whatIsWrong } from './backups';
import { Order } from './orders';

/** What comes into the log meanwhile is for the second round, which is short; the rest is left to who writes. */
const ROUNDS = 2;

function emptyLog(path: string): void {
  const db = openDatabase(path);
  try {
    for (let round = 0; round < ROUNDS; round += 1) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}

// A fault in here ends the process: its parent does the work itself then.
const parent = ownParent();
parent.onMessage((message) => {
  const { work, path } = Order.parse(message);
  if (work === 'check') return parent.send(whatIsWrong(path, 'quick'));
  emptyLog(path);
  parent.send(null);
});
