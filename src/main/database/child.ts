import { z } from 'zod';
import { ownParent } from '../../lib/parent-process';
import { whatIsWrong } from './backups';

// A fault in here ends the process: its parent looks for itself then.
const parent = ownParent();
parent.onMessage((message) => parent.send(whatIsWrong(z.string().parse(message), 'quick')));
