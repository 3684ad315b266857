// The floor that Picferry's start is compared with: one window, one empty page, nothing else.
const { app, BrowserWindow } = require('electron');
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1040, height: 700, show: false });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('data:text/html,<html data-ready><body>empty</body></html>');
});
app.on('window-all-closed', () => app.quit());
