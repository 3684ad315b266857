import type { Writable } from 'node:stream';
import type { CommandIo } from '../handover';

export type Console = {
  readonly io: CommandIo;
  /** Resolves when everything written has left this process. */
  readonly flushed: () => Promise<void>;
};

/** Standard output and error as a command's io. A reader that went away (`| head`) is no fault: the rest is dropped. */
export function consoleIo(stdout: Writable, stderr: Writable): Console {
  const write = (stream: Writable) => {
    let open = true;
    stream.on('error', () => {
      open = false;
    });
    return {
      text: (text: string): void => {
        if (open && text !== '') stream.write(text);
      },
      flushed: (): Promise<void> => (open && stream.writableLength > 0 ? new Promise((resolve) => stream.write('', () => resolve())) : Promise.resolve()),
    };
  };
  const [out, err] = [write(stdout), write(stderr)];
  return {
    io: { stdout: out.text, stderr: err.text },
    flushed: async () => {
      await out.flushed();
      await err.flushed();
    },
  };
}
