import type { SettingDeclaration } from '../../../shared/model/provider';
import { commonSettings } from '../common-settings';

export const smmsSettings: readonly SettingDeclaration[] = [
  {
    key: 'ssl',
    type: 'switch',
    label: { en: 'https links', 'zh-CN': '使用 https 链接' },
    help: { en: 'Asks the host for https links. No key is needed for this interface.', 'zh-CN': '要求图床返回 https 链接。此接口不需要密钥。' },
    required: false,
    advanced: true,
    default: true,
  },
  {
    key: 'domain',
    type: 'number',
    label: { en: 'Link domain', 'zh-CN': '图片域名' },
    help: { en: 'Number of the domain for links in the list of the last hour. Empty: the host chooses.', 'zh-CN': '最近一小时列表中链接所用域名的编号。留空：由图床决定。' },
    required: false,
    advanced: true,
    default: null,
    min: 0,
    max: 1000,
    unit: 'count',
  },
  ...commonSettings,
];
