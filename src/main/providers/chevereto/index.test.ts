import { describeProvider } from '../../../../test/providers/describe-provider';
import { chevereto } from '.';

describeProvider({
  definition: chevereto,
  dialect: 'chevereto',
  secrets: (keys) => ({ key: keys.chevereto }),
  wrongSecrets: { key: 'not-the-key' },
  knownGaps: [],
});
