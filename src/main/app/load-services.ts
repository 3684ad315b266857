import { join, sep } from 'node:path';
import { HandedCommand, runCommand } from '../commands';
import { createServices } from '../create-services';
import type { Handlers } from '../handover';
import { createImaging, createPictureSources, createThumbnailer, PICTURE_SOURCES, sweepThumbnails } from '../imaging';
import { inputsFromPaths, type Intake } from '../preparation';
import type { Upload } from '../../shared/model/upload';
import type { ServicePorts, Services } from '../services';

export type LoadDeps = {
  readonly ports: Omit<ServicePorts, 'uploaded'>;
  readonly thumbsFolder: string;
  readonly onFault: (what: string, error: unknown) => void;
  /** Aborted when Picferry ends. */
  readonly lifetime: AbortSignal;
  /** Shows the window to whoever started Picferry again. */
  readonly show: () => void;
};

export type Loaded = {
  readonly services: Services;
  readonly intake: Intake;
  /** Takes note of uploads that the window shows, so that they get the thumbnails they lack. */
  readonly looked: (uploads: readonly Upload[]) => void;
  /** What this process does for others that want the data folder. */
  readonly handover: Handlers;
  /** To be called when things are calm. */
  readonly tidy: () => Promise<void>;
  /** Loads what the first upload needs. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Loads and builds everything behind the window. Kept out of the entry, so that the first paint does not wait for it. */
export const loadServices = async ({ ports, thumbsFolder, onFault, lifetime, show }: LoadDeps): Promise<Loaded> => {
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  const imaging = createImaging({ children: ports.children, thumbsFolder, after });
  const store = join(ports.dataFolder, 'store');
  const keptFolder = join(store, 'intake') + sep;
  const isKept = (path: string): boolean => path.startsWith(keptFolder);
  const thumbFault = (error: unknown): void => onFault('a thumbnail was not made', error);
  const thumbnailer = createThumbnailer({
    imaging,
    sources: createPictureSources({ file: join(store, PICTURE_SOURCES), isKept, onFault: thumbFault }),
    waitingFolder: join(store, 'thumb-sources'),
    isKept,
    setThumb: (id, name) => services.library.setThumb(id, name),
    quiet: () => untilNothingIsSent(services.queue),
    onFault: thumbFault,
  });
  const services = await createServices({ ...ports, uploaded: thumbnailer.uploaded });

  function* usedThumbs(): Generator<readonly string[]> {
    yield services.queue.snapshot().jobs.flatMap(({ thumb }) => thumb ?? []);
    yield* services.library.thumbs();
  }
  const sweep = (): Promise<unknown> => sweepThumbnails({ folder: thumbsFolder, used: usedThumbs, now: ports.now, goOn: () => !lifetime.aborted });

  return {
    services,
    intake: services.intake,
    looked: thumbnailer.looked,
    handover: {
      command: (value, io, signal) => {
        const handed = HandedCommand.parse(value);
        const pathInputs = (path: string) => inputsFromPaths([path], ports.now);
        return runCommand({ services, pathInputs, io, signal, leaving: lifetime, now: ports.now }, handed.command, handed.language);
      },
      window: () => {
        // A window that is closing cannot be shown again: whoever asks gets the folder as soon as it is free.
        if (lifetime.aborted) return 'yields';
        show();
        return 'shown';
      },
    },
    tidy: async () => {
      await services.tidy();
      await thumbnailer.between(sweep);
    },
    warmUp: services.warmUp,
    close: async () => {
      imaging.close();
      await services.close();
    },
  };
};

/** Resolves as soon as no job is being prepared or sent. */
const untilNothingIsSent = (queue: Services['queue']): Promise<void> =>
  new Promise((resolve) => {
    if (queue.summary().active === 0) return resolve();
    const off = queue.onChange(({ summary }) => {
      if (summary.active > 0) return;
      off();
      resolve();
    });
  });
