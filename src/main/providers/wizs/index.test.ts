import { describeProvider } from '../../../../test/providers/describe-provider';
import { wizs } from '.';

describeProvider({
  definition: wizs,
  dialect: 'wizs',
  secrets: (keys) => ({ key: keys.wizs }),
  wrongSecrets: { key: 'not-the-key' },
  knownGaps: [],
});

describeProvider({
  definition: wizs,
  dialect: 'easyimages',
  settings: () => ({ flavour: 'easyimages' }),
  secrets: (keys) => ({ key: keys.easyimages }),
  knownGaps: [],
});
