import type { Handlers } from '../register';
import { accountsHandlers } from './accounts-handlers';
import { albumsHandlers } from './albums-handlers';
import { apiHandlers } from './api-handlers';
import { appHandlers } from './app-handlers';
import { captureHandlers } from './capture-handlers';
import { desktopHandlers } from './desktop-handlers';
import type { HandlerDeps } from './handler-deps';
import { libraryHandlers } from './library-handlers';
import { operationsHandlers } from './operations-handlers';
import { preparationHandlers } from './preparation-handlers';
import { previewsHandlers } from './previews-handlers';
import { queueHandlers } from './queue-handlers';
import { remoteHandlers } from './remote-handlers';
import { resolverHandlers } from './resolver-handlers';
import { settingsHandlers } from './settings-handlers';
import { shortcutsHandlers } from './shortcuts-handlers';
import { syncHandlers } from './sync-handlers';
import { transferHandlers } from './transfer-handlers';
import { uploadAgainHandlers } from './upload-again-handlers';
import { watchersHandlers } from './watchers-handlers';

export type { AppInfo, HandlerDeps } from './handler-deps';

export const createHandlers = (deps: HandlerDeps): Handlers => ({
  ...appHandlers(deps),
  ...settingsHandlers(deps),
  ...accountsHandlers(deps),
  ...queueHandlers(deps),
  ...libraryHandlers(deps),
  ...uploadAgainHandlers(deps),
  ...albumsHandlers(deps),
  ...operationsHandlers(deps),
  ...remoteHandlers(deps),
  ...transferHandlers(deps),
  ...shortcutsHandlers(deps),
  ...watchersHandlers(deps),
  ...apiHandlers(deps),
  ...previewsHandlers(deps),
  ...preparationHandlers(deps),
  ...captureHandlers(deps),
  ...desktopHandlers(deps),
  ...syncHandlers(deps),
  ...resolverHandlers(deps),
});
