import type { api as english } from '../en/api';

export const api: Record<keyof typeof english, string> = {
  foreignHost: '这个地址不属于 Picferry。请使用 http://127.0.0.1 加端口号。',
  webPage: 'Picferry 不接受来自网页的请求。',
  noToken: 'Picferry 需要这个程序提供令牌。请在 Picferry 的“设置 › 本地接口”中创建令牌，并加在地址后面：/upload?key=令牌。',
  badToken: 'Picferry 不认识这个令牌。请在“设置 › 本地接口”中重新创建。',
  needsToken: '没有令牌时，Picferry 只接受“设置 › 本地接口”中所允许文件夹内的图片和视频路径。其他操作请先在那里创建令牌。',
  noScope: '令牌“{{name}}”没有这项权限。请在“设置 › 本地接口”中另建一个。',
  noAccount: 'Picferry 没有这个名称的账号（picbed、configName）。省略它即可使用默认账号。',
  noFiles: '表单中没有文件。',
  badForm: '表单无法读取：内容不完整，或不是 multipart/form-data。',
  badList: '数据不是 JSON 格式：应为路径列表，如 {"list": ["/path/to/picture.png"]}。',
  badDelete: '应为 fullResult 给出的条目列表，每个条目都要有 id。',
  tooBig: '请求过大。大文件请用路径提交。',
  tooMany: '请求中的文件过多，每次最多 {{number}} 个。',
  tooSlow: '请求传输过慢，已中断。',
  busy: '请求过多，Picferry 正忙。请过几秒再试。',
  noClipboard: '命令行无法访问剪贴板。请打开 Picferry 窗口后再上传剪贴板内容。',
  notFound: '这个地址没有内容。Picferry 的接口是 /upload、/delete 和 /heartbeat。',
  onlyPost: '这里只接受 POST 请求。',
  someFailed: '已上传 {{done}}/{{total}}。',
};
