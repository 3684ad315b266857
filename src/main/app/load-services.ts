import { join, sep } from 'node:path';
import { HandedCommand, runCommand } from '../commands';
import { createServices, untilNothingIsSent } from '../create-services';
import type { Handlers } from '../handover';
import { createImaging, createThumbnailer, type Imaging, sweepThumbnails, type Thumbnailer } from '../imaging';
import { inputsFromPaths, type Intake } from '../preparation';
import type { ServicePorts, Services } from '../services';

export type LoadDeps = {
  readonly ports: Omit<ServicePorts, 'uploaded' | 'thumbs'>;
  readonly thumbsFolder: string;
  readonly onFault: (what: string, error: unknown) => void;
  /** Aborted when Picferry ends. */
  readonly lifetime: AbortSignal;
  /** Picferry was started again: what that start asks for, unchecked. */
  readonly again: (wish: unknown) => void;
};

export type Loaded = {
  readonly services: Services;
  readonly intake: Intake;
  /** Makes the small PNG of a picture that menus show; false when it cannot be made. */
  readonly menuPicture: Imaging['menuPicture'];
  /** Settles when the thumbnail of an upload was tried; undefined when none is being made. */
  readonly makingThumb: Thumbnailer['making'];
  /** What this process does for others that want the data folder. */
  readonly handover: Handlers;
  /** To be called when things are calm. */
  readonly tidy: () => Promise<void>;
  /** Loads what the first upload needs. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Loads and builds everything behind the window. Kept out of the entry, so that the first paint does not wait for it. */
export const loadServices = async ({ ports, thumbsFolder, onFault, lifetime, again }: LoadDeps): Promise<Loaded> => {
  const after = (ms: number, act: () => void): (() => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  const imaging = createImaging({ children: ports.children, thumbsFolder, after });
  const store = join(ports.dataFolder, 'store');
  const keptFolder = join(store, 'intake') + sep;
  const thumbnailer = createThumbnailer({
    imaging,
    waitingFolder: join(store, 'thumb-sources'),
    isKept: (path) => path.startsWith(keptFolder),
    setThumb: (id, name) => services.library.setThumb(id, name),
    quiet: () => untilNothingIsSent(services.queue),
    onFault: (error) => onFault('a thumbnail was not made', error),
  });
  const services = await createServices({ ...ports, onFault, uploaded: thumbnailer.uploaded, thumbs: { imaging, making: thumbnailer.making } });

  function* usedThumbs(): Generator<readonly string[]> {
    yield services.queue.snapshot().jobs.flatMap(({ thumb }) => thumb ?? []);
    yield* services.library.thumbs();
  }
  const sweep = (): Promise<unknown> => sweepThumbnails({ folder: thumbsFolder, used: usedThumbs, now: ports.now, goOn: () => !lifetime.aborted });

  return {
    services,
    intake: services.intake,
    menuPicture: imaging.menuPicture,
    makingThumb: thumbnailer.making,
    handover: {
      command: (value, io, signal, gone) => {
        const handed = HandedCommand.parse(value);
        const pathInputs = (path: string) => inputsFromPaths([path], ports.now);
        return runCommand({ services, pathInputs, addressInput: services.intake.url, io, signal, leaving: lifetime, gone, now: ports.now }, handed.command, handed.language);
      },
      window: (wish) => {
        // A window that is closing cannot be shown again: whoever asks gets the folder as soon as it is free.
        if (lifetime.aborted) return 'yields';
        again(wish);
        return 'shown';
      },
      host: () => (lifetime.aborted ? Promise.resolve(null) : services.thisComputer.start()),
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
