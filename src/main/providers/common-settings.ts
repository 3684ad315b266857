import type { SettingDeclaration, SettingValue } from '../../shared/model/provider';

/** Settings that every provider declares. */
export const commonSettings: readonly SettingDeclaration[] = [
  {
    key: 'maxBytes',
    type: 'number',
    label: { en: 'Size limit', 'zh-CN': '大小上限' },
    help: {
      en: 'Files above this are refused before they are sent. Empty: no limit of ours; the host has the last word.',
      'zh-CN': '超过此大小的文件不会发送。留空：本软件不设上限，以图床为准。',
    },
    required: false,
    advanced: true,
    default: null,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    unit: 'bytes',
  },
  {
    key: 'concurrency',
    type: 'number',
    label: { en: 'Uploads at once', 'zh-CN': '同时上传数' },
    help: { en: 'Empty: as in the general settings.', 'zh-CN': '留空：使用通用设置中的数值。' },
    required: false,
    advanced: true,
    default: null,
    min: 1,
    max: 16,
    unit: 'count',
  },
  {
    key: 'allowHttp',
    type: 'switch',
    label: { en: 'Allow http in the private network', 'zh-CN': '允许在内网使用 http' },
    help: {
      en: 'Keys, files and delete links then travel unencrypted through your network. Never possible for a public address.',
      'zh-CN': '密钥、文件和删除链接将以明文在内网中传输。公网地址始终不允许。',
    },
    required: false,
    advanced: true,
    default: false,
  },
];

type Values = Readonly<Record<string, SettingValue>>;

export const textSetting = (settings: Values, key: string): string => {
  const value = settings[key];
  return typeof value === 'string' ? value.trim() : '';
};

export const numberSetting = (settings: Values, key: string): number | null => {
  const value = settings[key];
  return typeof value === 'number' ? value : null;
};

export const switchSetting = (settings: Values, key: string, fallback: boolean): boolean => {
  const value = settings[key];
  return typeof value === 'boolean' ? value : fallback;
};
