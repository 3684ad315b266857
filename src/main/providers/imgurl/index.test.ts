import { describeProvider } from '../../../../test/providers/describe-provider';
import { imgurl } from '.';

describeProvider({
  definition: imgurl,
  dialect: 'imgurl',
  settings: (keys) => ({ uid: keys.imgurl.uid }),
  secrets: (keys) => ({ token: keys.imgurl.token }),
  wrongSecrets: { token: 'not-the-token' },
  knownGaps: [],
});
