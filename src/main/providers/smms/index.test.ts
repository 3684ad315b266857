import { describeProvider } from '../../../../test/providers/describe-provider';
import { smms } from '.';

describeProvider({
  definition: smms,
  dialect: 'smms',
  secrets: () => ({}),
  knownGaps: [],
});
