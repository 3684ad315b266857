import { readFileSync } from 'node:fs';

/** How much memory another process of this computer holds, in bytes; null where the system does not tell it as a file, and for one that is gone. Takes some hundredths of a millisecond. */
export function heldMemory(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
