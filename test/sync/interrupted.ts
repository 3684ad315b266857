import { problemOf } from '../../src/lib/picferry-error';
import { ProviderError } from '../../src/main/providers/errors';
import { badNetwork, CALM } from './bad-network';
import type { DeviceOptions, SimulatedWorld, TestDevice } from './sync-world';

export type Act = () => Promise<unknown>;

/** A device, and what is to happen before each of its pushes and, in turn, after it. */
export const interrupted = (world: SimulatedWorld, name: string): readonly [TestDevice, Act[]] => {
  const acts: Act[] = [];
  const through: DeviceOptions['through'] = (host) => ({
    ...badNetwork(() => 0, CALM).through(host),
    push: async (...args) => {
      await acts.shift()?.();
      const receipt = await host.push(...args);
      await acts.shift()?.();
      return receipt;
    },
  });
  return [world.device(name, { through }), acts];
};

export const answerLost: Act = () => Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true }, 0), true, 'backoff'));

