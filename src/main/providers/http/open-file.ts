import { close, open, read } from 'node:fs';
import { Readable } from 'node:stream';

const STEP = 1024 * 1024;

/**
 * Reads a file whose size is known, in as few steps as it takes: a small file needs one read, no copy and
 * no second buffer to find its end. What the file holds beyond `size` is read too, so that growth shows.
 */
export const openFile = (path: string, size: number): Readable => {
  let fd: number | undefined;
  let at = 0;
  return new Readable({
    highWaterMark: STEP,
    construct(done) {
      open(path, 'r', (error, opened) => {
        fd = opened;
        done(error);
      });
    },
    read() {
      if (fd === undefined) return;
      // One byte more than is left: a read that comes short has met the end.
      const wanted = Math.min(STEP, Math.max(1, size - at + 1));
      const buffer = Buffer.allocUnsafeSlow(wanted);
      read(fd, buffer, 0, wanted, at, (error, got) => {
        if (error !== null) {
          this.destroy(error);
          return;
        }
        at += got;
        if (got > 0) this.push(buffer.subarray(0, got));
        if (got < wanted) this.push(null);
      });
    },
    destroy(error, done) {
      if (fd === undefined) done(error);
      else close(fd, (closing) => done(error ?? closing));
    },
  });
};
