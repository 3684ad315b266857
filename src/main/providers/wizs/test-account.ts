import type { AccountTest, TestStep } from '../../../shared/model/account';
import { caught, failedTest, fails, look, unsure, works } from '../account-test';
import { attempt, missingKey } from '../attempt';
import { parseJson } from '../classify';
import type { Call, ProviderConfig, ProviderDeps } from '../contract';
import type { ProviderError } from '../errors';
import { keyFields, keyHeaders, keyWays, rememberKeyWay, type KeyWay } from './auth';
import { succeeded, wizsRefusal } from './verdict';

type Subject = { readonly config: ProviderConfig; readonly deps: ProviderDeps; readonly uploadUrl: string; readonly easy: boolean };

/** Never the name of a document: only whether the key opens the door is of interest. */
const NO_SUCH_KEY = 'picferry-key-test';

/** Posts the key without a file. The host says what is missing next: the file, if it took the key. */
const askWithoutFile = async ({ config, deps, uploadUrl }: Subject, way: KeyWay, call: Call): Promise<ProviderError | null> => {
  const key = config.secrets['key'] ?? '';
  const answer = await attempt(
    () => deps.http.postForm({ url: uploadUrl, headers: keyHeaders(way, key), fields: keyFields(way, key), signal: call.signal }),
    false,
    deps.now,
  );
  const body = parseJson(answer.text);
  const error = wizsRefusal(answer, body, { on404: 'setup' }, deps.now());
  return error.problem.kind === 'bad_request' && error.problem.sub === 'notReceived' ? null : error;
};

/** 401 is a bad key; a document, or a 404 in JSON, is a good one. */
const askSync = async ({ config, deps }: Subject, call: Call): Promise<ProviderError | null> => {
  const url = `${config.url}/api/v1/json/sync.php?file_key=${NO_SUCH_KEY}`;
  const answer = await attempt(() => deps.http.get({ url, headers: { 'X-API-Key': config.secrets['key'] ?? '' }, signal: call.signal }), false, deps.now);
  const body = parseJson(answer.text);
  if (answer.status < 300 && succeeded(body)) return null;
  const error = wizsRefusal(answer, body, { on404: 'gone' }, deps.now());
  return error.problem.kind === 'not_found' ? null : error;
};

const isKeyRefused = (error: ProviderError): boolean => error.problem.kind === 'auth' && error.problem.sub === null;

const testEasyImages = async (subject: Subject, call: Call): Promise<AccountTest> => {
  const error = await askWithoutFile(subject, 'token', call);
  if (error !== null) return failedTest(error);
  // The file is asked for before the token is looked at: a wrong one shows at the first upload.
  return { canUpload: true, steps: [works('reach'), unsure('key'), unsure('upload')] };
};

const uploadWay = async (subject: Subject, call: Call): Promise<ProviderError | null> => {
  const ways = keyWays(subject.config, subject.deps.memory);
  let last: ProviderError | null = null;
  for (const way of ways) {
    last = await askWithoutFile(subject, way, call);
    if (last === null) rememberKeyWay(subject.deps.memory, way);
    if (last === null || !isKeyRefused(last)) return last;
  }
  return last;
};

const testSite = async (subject: Subject, call: Call): Promise<AccountTest> => {
  const refused = await uploadWay(subject, call);
  if (refused !== null) return failedTest(refused);
  const sync = await look(() => askSync(subject, call));
  const syncError = 'error' in sync ? sync.error : sync.value;
  const headerRefused = syncError !== null && isKeyRefused(syncError);
  const onlyField = keyWays(subject.config, subject.deps.memory)[0] === 'token';
  // A host that asks for the file before it looks at the key says "no file" to any key; sync tells better.
  if (headerRefused && !onlyField) return failedTest(syncError);
  const steps: readonly TestStep[] = [works('reach'), works('key'), works('upload'), syncError === null ? works('sync') : headerRefused ? fails('sync', syncError) : unsure('sync', syncError)];
  return { canUpload: true, steps };
};

/** Looks whether uploading can work, without uploading anything. */
export const testWizs = async (subject: Subject, call: Call): Promise<AccountTest> => {
  if ((subject.config.secrets['key'] ?? '') === '') return { canUpload: false, steps: [fails('key', missingKey(subject.deps.now()))] };
  try {
    return await (subject.easy ? testEasyImages(subject, call) : testSite(subject, call));
  } catch (error) {
    return failedTest(caught(error));
  }
};
