import { describeProvider } from '../../../../test/providers/describe-provider';
import { wizs } from '../wizs';
import { otherPicferry } from '.';

describeProvider({
  definition: otherPicferry(wizs),
  dialect: 'wizs',
  secrets: (keys) => ({ key: keys.wizs }),
  wrongSecrets: { key: 'not-the-key' },
  knownGaps: [],
});
