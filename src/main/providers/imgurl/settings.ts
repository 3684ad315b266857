import type { SettingDeclaration } from '../../../shared/model/provider';
import { commonSettings } from '../common-settings';

export const imgurlSettings: readonly SettingDeclaration[] = [
  {
    key: 'uid',
    type: 'text',
    label: { en: 'UID', 'zh-CN': 'UID' },
    help: {
      en: 'Sign in at ImgURL, open 用户后台 - 管理 - API Token and copy the UID.',
      'zh-CN': '登录 ImgURL 后，在「用户后台 - 管理 - API Token」查看你的 UID。',
    },
    required: true,
    advanced: false,
    default: '',
  },
  {
    key: 'token',
    type: 'secret',
    label: { en: 'Token', 'zh-CN': 'Token' },
    help: {
      en: 'On the same page as the UID. The first time, press the button that makes one; if it leaks, replace it there.',
      'zh-CN': '与 UID 在同一页面。首次使用需要点击生成按钮；如果泄露，可在该页面更换。',
    },
    required: true,
    advanced: false,
  },
  {
    key: 'album',
    type: 'text',
    label: { en: 'Album', 'zh-CN': '相册' },
    help: {
      en: 'Id of the album that uploads go into unless another is chosen. Empty: none.',
      'zh-CN': '默认上传到的相册 ID，上传时可另选。留空：不使用相册。',
    },
    required: false,
    advanced: true,
    default: '',
  },
  ...commonSettings,
];
