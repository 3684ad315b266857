import type { SettingDeclaration } from '../../../shared/model/provider';
import { commonSettings } from '../common-settings';

export const cheveretoSettings: readonly SettingDeclaration[] = [
  {
    key: 'key',
    type: 'secret',
    label: { en: 'API key', 'zh-CN': 'API 密钥' },
    help: {
      en: 'Sign in at the site and open Settings, then API. The key is shown only once, and making a new one voids the old one.',
      'zh-CN': '登录网站，在个人中心点击「设置」-「API」获取密钥。密钥仅显示一次，再次获取时上一次的密钥将作废。',
    },
    required: true,
    advanced: false,
  },
  {
    key: 'album',
    type: 'text',
    label: { en: 'Album', 'zh-CN': '相册' },
    help: {
      en: 'The letters at the end of the album\'s address, not a number. The host silently ignores an album of somebody else.',
      'zh-CN': '相册网址末尾的字母编号，不是数字。填写他人的相册时，图床会直接忽略。',
    },
    required: false,
    advanced: true,
    default: '',
  },
  {
    key: 'keyIn',
    type: 'choice',
    label: { en: 'How the key is sent', 'zh-CN': '密钥发送方式' },
    help: {
      en: 'Automatic tries the header (version 4) first, then the form field (version 3), and remembers what works.',
      'zh-CN': '自动：先用请求头（第 4 版），不行再用表单字段（第 3 版），并记住可用的方式。',
    },
    required: true,
    advanced: true,
    default: 'auto',
    choices: [
      { value: 'auto', label: { en: 'Automatic', 'zh-CN': '自动' } },
      { value: 'header', label: { en: 'Header X-API-Key', 'zh-CN': '请求头 X-API-Key' } },
      { value: 'field', label: { en: 'Form field key', 'zh-CN': '表单字段 key' } },
    ],
  },
  {
    key: 'video',
    type: 'switch',
    label: { en: 'Upload videos', 'zh-CN': '上传视频' },
    help: { en: 'Some sites take mp4, mov and webm. Ask yours before switching this on.', 'zh-CN': '部分站点支持 mp4、mov、webm，请先确认你的站点是否允许。' },
    required: false,
    advanced: true,
    default: false,
  },
  ...commonSettings,
];
