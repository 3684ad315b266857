import { describeProvider } from '../../../../test/providers/describe-provider';
import { chevereto } from '.';

describeProvider({
  definition: chevereto,
  dialect: 'chevereto',
  secrets: (keys) => ({ key: keys.chevereto }),
  wrongSecrets: { key: 'not-the-key' },
  knownGaps: [],
});

const NO_LINK = 'version 3 gives no delete link';

describeProvider({
  definition: chevereto,
  dialect: 'chevereto',
  as: 'version 3, key in the form, numbers as numbers',
  settings: () => ({ keyIn: 'field' }),
  secrets: (keys) => ({ key: keys.chevereto }),
  wrongSecrets: { key: 'not-the-key' },
  prepare: ({ control }) => control.set({ chevereto: { version: 3, numbers: 'number' } }),
  knownGaps: [
    { promise: 'deletes by the link, without credentials, and knows a repeat', reason: NO_LINK },
    { promise: 'does not say deleted when the delete link answers a page', reason: NO_LINK },
  ],
});
