import type { SettingDeclaration } from '../../../shared/model/provider';
import { commonSettings } from '../common-settings';

export const wizsSettings: readonly SettingDeclaration[] = [
  {
    key: 'key',
    type: 'secret',
    label: { en: 'API key', 'zh-CN': 'API 密钥' },
    help: {
      en: 'Sign in at the site, open the personal centre (个人中心), choose "API 密钥", then "创建密钥", and copy the key. At EasyImages the administrator hands out the token.',
      'zh-CN': '登录网站后进入「个人中心」，在左侧「API 密钥」处点击「创建密钥」，复制生成的密钥。EasyImages 的 Token 由站点管理员提供。',
    },
    required: true,
    advanced: false,
  },
  {
    key: 'flavour',
    type: 'choice',
    label: { en: 'Kind of site', 'zh-CN': '站点类型' },
    help: {
      en: 'WiZs has a gallery and JSON sync. Plain EasyImages 2.0 only uploads and deletes; a wrong key shows there at the first upload.',
      'zh-CN': 'WiZs 有公开列表和 JSON 同步。普通 EasyImages 2.0 只能上传和删除，密钥错误要到首次上传时才能发现。',
    },
    required: true,
    advanced: false,
    default: 'wizs',
    choices: [
      { value: 'wizs', label: { en: 'WiZs', 'zh-CN': 'WiZs 图床' } },
      { value: 'easyimages', label: { en: 'EasyImages 2.0', 'zh-CN': 'EasyImages 2.0' } },
    ],
  },
  {
    key: 'auth',
    type: 'choice',
    label: { en: 'How the key is sent', 'zh-CN': '密钥发送方式' },
    help: {
      en: 'Automatic tries the header first, then the form field, and remembers what works. The site\'s third way, a browser session, is not for programs.',
      'zh-CN': '自动：先用请求头，不行再用表单字段，并记住可用的方式。网站的第三种方式（浏览器会话）不适用于程序。',
    },
    required: true,
    advanced: true,
    default: 'auto',
    choices: [
      { value: 'auto', label: { en: 'Automatic', 'zh-CN': '自动' } },
      { value: 'header', label: { en: 'Header X-API-Key', 'zh-CN': '请求头 X-API-Key' } },
      { value: 'token', label: { en: 'Form field token', 'zh-CN': '表单字段 token' } },
    ],
  },
  ...commonSettings,
];
