import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../lib/atomic-file';
import type { NewId } from '../../lib/ids';

const Device = z.strictObject({ id: z.string().min(1), name: z.string() });
export type Device = z.infer<typeof Device>;

/** Who this installation is at every host: a random id, made once, and a name that people gave it. */
export interface OwnDevice {
  current(): Device;
  rename(name: string): void;
  /** Another installation runs with a copy of our data: from now on this one is somebody else. */
  renew(): void;
}

export function openDevice(folder: string, newId: NewId, defaultName: string): OwnDevice {
  const path = join(folder, 'device.json');
  const save = (device: Device): Device => {
    writeFileAtomic(path, JSON.stringify(device));
    return device;
  };
  let device: Device | null = read(path);
  const current = (): Device => (device ??= save({ id: newId(), name: defaultName }));
  return {
    current,
    rename: (name) => void (device = save({ ...current(), name })),
    renew: () => void (device = save({ ...current(), id: newId() })),
  };
}

function read(path: string): Device | null {
  try {
    const found = Device.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return found.success ? found.data : null;
  } catch {
    // A new id costs nothing: the next push names it.
    return null;
  }
}
