import type { ProviderDescriptor } from '../../src/shared/model/provider';

const none = {
  images: true,
  video: false,
  albums: false,
  uploadIntoAlbum: false,
  list: 'none',
  clearList: false,
  deleteByLink: true,
  sync: false,
  anonymous: false,
  extensions: [],
  maxBytes: null,
  warnBytes: null,
} as const;

const key = (name: string): ProviderDescriptor['settings'][number] => ({
  type: 'secret',
  key: name,
  label: { en: 'API key', 'zh-CN': 'API 密钥' },
  help: { en: 'Sign in to the site, open your settings, then API. Copy the key as it stands there.', 'zh-CN': '登录网站，打开「设置 → API」，原样复制密钥。' },
  required: true,
  advanced: false,
});

const limit: ProviderDescriptor['settings'][number] = {
  type: 'number',
  key: 'maxBytes',
  label: { en: 'Largest file', 'zh-CN': '单个文件上限' },
  help: { en: 'Larger files are refused before they are sent. Empty: no limit.', 'zh-CN': '超过的文件不会发送。留空表示不限。' },
  required: false,
  advanced: true,
  default: null,
  min: 1,
  max: 1e12,
  unit: 'bytes',
};

/** Declarations in the shape that the real providers give, for looking at forms. */
export const providers: readonly ProviderDescriptor[] = [
  {
    id: 'imgurl',
    name: { en: 'ImgURL Pro', 'zh-CN': 'ImgURL Pro' },
    defaultUrl: 'https://www.imgurl.org',
    byFolder: false,
    notice: null,
    settings: [
      { type: 'text', key: 'uid', label: { en: 'UID', 'zh-CN': 'UID' }, help: { en: 'Shown beside the token.', 'zh-CN': '与 token 写在一起。' }, required: true, advanced: false, default: '' },
      key('token'),
      limit,
    ],
    capabilities: { ...none, albums: true, uploadIntoAlbum: true },
  },
  {
    id: 'chevereto',
    name: { en: 'Chevereto', 'zh-CN': 'Chevereto' },
    defaultUrl: 'https://www.picgo.net',
    byFolder: false,
    notice: null,
    settings: [
      key('key'),
      {
        type: 'choice',
        key: 'keyIn',
        label: { en: 'Where the key travels', 'zh-CN': '密钥的传递方式' },
        help: { en: 'Automatic suits nearly every site.', 'zh-CN': '「自动」适合绝大多数网站。' },
        required: false,
        advanced: true,
        default: 'auto',
        choices: [
          { value: 'auto', label: { en: 'Automatic', 'zh-CN': '自动' } },
          { value: 'header', label: { en: 'Header', 'zh-CN': '请求头' } },
        ],
      },
      { type: 'switch', key: 'video', label: { en: 'Takes video', 'zh-CN': '支持视频' }, help: { en: 'Switch on if the site says so.', 'zh-CN': '网站支持时再打开。' }, required: false, advanced: true, default: false },
      limit,
    ],
    capabilities: { ...none, uploadIntoAlbum: true },
  },
  {
    id: 'smms',
    name: { en: 'SM.MS', 'zh-CN': 'SM.MS' },
    defaultUrl: 'https://sm.ms',
    byFolder: false,
    notice: { en: 'The public SM.MS v1 service is closed. Only sites of your own that speak this interface work.', 'zh-CN': 'SM.MS v1 公共服务已经关闭，只有自建的兼容站点可用。' },
    settings: [limit],
    capabilities: { ...none, list: 'last-hour-of-this-network', anonymous: true },
  },
  {
    id: 'wizs',
    name: { en: 'WiZs / EasyImages 2.0', 'zh-CN': 'WiZs / 简单图床 2.0' },
    defaultUrl: '',
    byFolder: false,
    notice: null,
    settings: [key('key'), limit],
    capabilities: { ...none, video: true, list: 'public-gallery', sync: true },
  },
];
