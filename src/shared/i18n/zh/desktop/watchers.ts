import type { watchers as english } from '../../en/desktop/watchers';

export const watchers: Record<keyof typeof english, string> = {
  watchUpload: '上传',
  watchLeave: '不用',
  watchClipboardTitle: '上传刚复制的图片？',
  watchClipboardBody: '剪贴板里有一张新图片。上传后，剪贴板会换成它的链接。',
  watchClipboardGone: '剪贴板的内容已经变了，请重新复制图片。',
  watchScreenshotsTitle_one: '上传新的截图？',
  watchScreenshotsTitle_other: '上传 {{count}} 张新截图？',
  watchMissedTitle_one: 'Picferry 关闭期间有一张新截图，要上传吗？',
  watchMissedTitle_other: 'Picferry 关闭期间有 {{count}} 张新截图，要上传吗？',
  watchMore_one: '还有 1 张',
  watchMore_other: '还有 {{count}} 张',
  watchFailedTitle: '没有上传任何内容',
  watchNotPutAway: '链接已生成，但文件未能移走，仍在原处。请在“设置 › 自动监视”中检查目标文件夹。',
};
