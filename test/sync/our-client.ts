import { PicferryError } from '../../src/lib/picferry-error';
import type { OpenConflict } from '../../src/main/sync/engine-contract';
import { NOTHING, type Client, type MakeClient, type Shared } from './simulation';
import type { SimulatedWorld } from './sync-world';

class Killed extends Error {}

/** How a person might answer; of two numbers of one device the higher is the later, and what somebody put in stays. */
const answerTo = ({ kind, path, mine, theirs }: OpenConflict): 'mine' | 'theirs' => {
  if (kind === 'rollback') return 'mine';
  if (path[0] === 'heap' || path[0] === 'bags') return mine === undefined ? 'theirs' : 'mine';
  return path[0] === 'owns' && Number(mine ?? -1) > Number(theirs ?? -1) ? 'mine' : 'theirs';
};

/** Picferry's own engine as a client of a simulation. */
export const ourClient =
  (world: SimulatedWorld): MakeClient =>
  (name, network): Client => {
    const device = world.device(name, { through: network.through });
    let needless = 0;
    const answer = async (conflict: OpenConflict): Promise<void> => {
      if (conflict.kind !== 'rollback' && conflict.path[0] !== 'shared') needless += 1;
      await device.service.resolve(conflict.id, { take: answerTo(conflict) });
    };
    /** True when all is agreed. Errors that a person can meet are part of life; anything else is a fault of ours. */
    const attempt = async (): Promise<boolean> => {
      try {
        if ((await device.sync()).openConflicts === 0) return true;
        for (const conflict of device.service.conflicts()) await answer(conflict);
      } catch (error) {
        if (!(error instanceof PicferryError)) throw error;
      }
      return false;
    };
    return {
      read: () => (device.read() ?? NOTHING) as Shared,
      write: (document) => device.write(document),
      sync: async () => {
        for (let tries = 0; tries < 12; tries += 1) if (await attempt()) return true;
        return false;
      },
      crash: async (random) => {
        let left = 1 + Math.floor(random() * 20);
        device.restart(() => {
          left -= 1;
          if (left <= 0) throw new Killed();
        });
        try {
          await attempt();
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
        }
        device.restart();
      },
      needlessQuestions: () => needless,
    };
  };
