import { setImmediate as turn } from 'node:timers/promises';
import type { DocumentSync } from '../../src/main/providers/contract';
import { ProviderError } from '../../src/main/providers/errors';
import { problemOf } from '../../src/lib/picferry-error';

/** Chances per call, from 0 to 1. */
export type Weather = { readonly lostRequests: number; readonly lostAnswers: number; readonly twice: number };

export const CALM: Weather = { lostRequests: 0, lostAnswers: 0, twice: 0 };

export type BadNetwork = {
  readonly through: (host: DocumentSync) => DocumentSync;
  weather: Weather;
  /** Calls that were lost or made twice. */
  readonly faults: () => number;
};

const lost = (outcomeUnknown: boolean): ProviderError =>
  new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true, detail: 'lost on purpose' }, 0), outcomeUnknown, 'backoff');

/** Loses requests before they are sent and answers after the host has worked, sends pushes twice, and lets others go first. */
export const badNetwork = (random: () => number, weather: Weather): BadNetwork => {
  let faults = 0;
  const network: BadNetwork = {
    weather,
    faults: () => faults,
    through: (host) => {
      const carried = async <T>(call: () => Promise<T>, isPush: boolean): Promise<T> => {
        for (let others = Math.floor(random() * 3); others > 0; others -= 1) await turn();
        const [outcome, again] = [random(), random()];
        const { lostRequests, lostAnswers, twice } = network.weather;
        if (outcome < lostRequests) {
          faults += 1;
          throw lost(false);
        }
        const answer = await call();
        if (isPush && again < twice) {
          faults += 1;
          await call();
        }
        if (outcome < lostRequests + lostAnswers) {
          faults += 1;
          throw lost(true);
        }
        return answer;
      };
      return {
        push: (push, call) => carried(() => host.push(push, call), true),
        latest: (...args) => carried(() => host.latest(...args), false),
        since: (...args) => carried(() => host.since(...args), false),
        history: (...args) => carried(() => host.history(...args), false),
        version: (...args) => carried(() => host.version(...args), false),
        devices: (...args) => carried(() => host.devices(...args), false),
        conflicts: (...args) => carried(() => host.conflicts(...args), false),
        resolve: (...args) => carried(() => host.resolve(...args), true),
      };
    },
  };
  return network;
};
