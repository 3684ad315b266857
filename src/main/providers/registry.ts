import type { ProviderDescriptor } from '../../shared/model/provider';
import { chevereto } from './chevereto';
import type { ProviderDefinition, ProviderRegistry } from './contract';
import { imgurl } from './imgurl';
import { otherPicferry } from './picferry';
import { defaultSettings } from './settings-schema';
import { smms } from './smms';
import { checkUrl } from './url-rules';
import { wizs } from './wizs';

/** Every provider there is. */
const definitions: readonly ProviderDefinition[] = [wizs, imgurl, chevereto, smms, otherPicferry(wizs)];

const describe = (definition: ProviderDefinition): ProviderDescriptor => ({
  id: definition.id,
  name: definition.name,
  defaultUrl: definition.defaultUrl,
  byFolder: definition.byFolder === true,
  notice: definition.notice,
  settings: definition.settings,
  capabilities: definition.capabilities(defaultSettings(definition.settings), definition.defaultUrl),
});

/** The registry of all providers. Contacts nobody. */
export const createRegistry = (): ProviderRegistry => {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  // Any provider's endpoint is cut, longest first: people paste what an API page shows.
  const endpoints = [...new Set(definitions.flatMap((definition) => definition.endpoints))].sort((a, b) => b.length - a.length);
  let descriptors: readonly ProviderDescriptor[] | undefined;
  return {
    descriptors: () => (descriptors ??= definitions.map(describe)),
    definition: (id) => {
      const found = byId.get(id);
      if (found === undefined) throw new Error(`no provider is called ${id}`);
      return found;
    },
    checkUrl: (_id, url) => checkUrl(url, endpoints),
  };
};
