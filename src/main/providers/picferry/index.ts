import type { ProviderDefinition } from '../contract';
import { commonSettings } from '../common-settings';

/**
 * The embedded host of another Picferry on this computer, known by that Picferry's data folder. It is a host of
 * `dialect`, whose address and key are asked of that Picferry just before they are needed.
 */
export const otherPicferry = (dialect: ProviderDefinition): ProviderDefinition => ({
  id: 'picferry',
  name: { en: 'Another Picferry on this computer', 'zh-CN': '这台电脑上的另一个 Picferry' },
  defaultUrl: '',
  byFolder: true,
  notice: null,
  settings: [
    {
      key: 'folder',
      type: 'text',
      label: { en: 'Its data folder', 'zh-CN': '它的数据文件夹' },
      help: {
        en: 'The folder that Picferry was started with (PICFERRY_HOME). "Settings, About" there opens it. No key is needed: the two agree on one while both run.',
        'zh-CN': '那个 Picferry 启动时使用的文件夹（PICFERRY_HOME），可在它的“设置 › 关于”中打开。无需密钥：两者运行时会自行约定。',
      },
      required: true,
      advanced: false,
      default: '',
    },
    ...commonSettings.filter(({ key }) => key === 'concurrency'),
  ],
  endpoints: [],
  capabilities: () => dialect.capabilities({}, ''),
  create: (config, deps) => dialect.create(config, deps),
});
