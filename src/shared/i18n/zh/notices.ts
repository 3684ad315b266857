import type { notices as english } from '../en/notices';

export const notices: Record<keyof typeof english, string> = {
  settingsCorrupt: '设置文件无法读取，已保留为 {{file}}，Picferry 以默认设置启动。',
  settingsRestored: '设置文件无法读取，已保留为 {{file}}，并改用备份 {{backup}}。此后的改动可能缺失。',
  settingsRepaired: '部分设置无法使用，已恢复默认值：{{fields}}。原文件保留为 {{file}}。',
  settingsBadNames: '以下方案的文件名模板有误，在“设置”的“图片处理”中改正之前，它们不会发送任何文件：{{profiles}}。',
  settingsNewer: '设置文件来自更新版本的 Picferry。能用的设置照常使用，但不会保存任何改动：{{file}}。',
  settingsUnreadable: '设置文件无法打开（{{code}}），因此不会保存任何改动：{{file}}。',
  settingsNotBackedUp: '无法写入设置的备份（{{code}}）：{{file}}。',
  vaultKeyFile: '本机没有可用的钥匙串（或没有响应），密钥保存在仅你的用户可读的文件中。能读取你文件的人也能读取这些密钥。',
  vaultLocked: '你的密钥和删除链接已加密，但目前无法访问解密所需的钥匙串。请解锁钥匙串后重新启动 Picferry；数据没有丢失。',
  vaultCorrupt: '保存加密密钥的文件无法读取，已保留为 {{file}}。请重新填写各账号的密钥。',
  vaultRestored: '保存加密密钥的文件无法读取，已保留为 {{file}}，并改用上次修改之前的副本。',
  databaseRestored: '图库无法读取，已保留为 {{file}}，并改用备份 {{backup}}。此后的上传记录可能缺失。',
  databaseLostRestored: '图库文件缺失或为空（{{file}}），已改用备份 {{backup}}。此后的上传记录可能缺失。',
  databaseStartedEmpty: '图库无法读取，且没有备份。原文件保留为 {{file}}，Picferry 以空图库启动。',
  restoreDone: '图库已换成备份 {{backup}}，原来的图库保留在备份里。',
  restoreNotDone: '备份 {{backup}} 无法读取，图库保持原样。',
  windowReloaded: '窗口刚才重新加载了。上传没有受影响。',
  offerClipboardWatcher: 'Picferry 可以监视剪贴板：每次复制图片时询问是否上传，无需按快捷键。可在“设置 › 自动监视”中开启。',
  offerScreenshotWatcher: 'Picferry 可以监视截图文件夹：每有新截图时询问是否上传。可在“设置 › 自动监视”中开启。',
  linksClosed: '“这台电脑”的链接暂时打不开，因为它的服务没有启动。下次上传到这台电脑时会再试，并说明原因。',
};
