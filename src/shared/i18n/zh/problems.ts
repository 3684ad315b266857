import type { problems as english } from '../en/problems';

export const problems: Record<keyof typeof english, string> = {
  authBad: '{{host}} 不接受当前密钥，请在设置中核对或更换。',
  internal: 'Picferry 自身出现故障。下面的技术信息有助于反馈问题。',
};
