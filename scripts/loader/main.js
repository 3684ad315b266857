// Opens the app in the folder given as argument, as Electron's own default app does.
const { join, resolve } = require('node:path');
const { app } = require('electron');

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const description = require(join(folder, 'package.json'));
process.defaultApp = true;
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
app.setAppPath(folder);
require(join(folder, description.main));
