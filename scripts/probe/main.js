// The smallest app with a window: shows that this runtime starts here. Prints its versions.
const { app, BrowserWindow } = require('electron');

app.disableHardwareAcceleration();
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: true });
  await window.loadURL('data:text/html,<title>ready</title>');
  process.stdout.write(`${window.webContents.getTitle()} ${JSON.stringify({ electron: process.versions.electron, node: process.versions.node })}\n`);
  app.exit(0);
});
