import type { Intake } from '../preparation';
import type { ServicePorts, Services } from '../services';

export type Loaded = { readonly services: Services; readonly intake: Intake };

/** Loads and builds everything behind the window. Kept out of the entry, so that the first paint does not wait for it. */
export const loadServices = async (_ports: ServicePorts): Promise<Loaded> => {
  throw new Error('The services are not built yet');
};
