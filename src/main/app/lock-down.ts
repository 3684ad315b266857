import { app, session } from 'electron';

/** Addresses that only a network or a disk answers. */
const FOREIGN = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/**
 * Takes from every page what ours does not need: permissions, devices, navigation, new windows, webviews and
 * downloads. Call it once Electron is ready and before a window opens, and `refuseForeign` before a page runs any script.
 */
export const lockDown = (): void => {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
};

/**
 * Refuses any request but to our own schemes. From then on Electron passes every answer through this thread, those of our own
 * schemes too, whatever the filter; so this comes when the window's first files are on their way and none has arrived.
 */
export const refuseForeign = (): void =>
  session.defaultSession.webRequest.onBeforeRequest({ urls: FOREIGN }, (_details, decide) => decide({ cancel: true }));

/**
 * Lets these contents look at a window of another program, which asks for media of neither kind; camera and microphone stay
 * refused to them, and everything to all others.
 */
export const letSeeWindows = (mayLook: (contentsId: number) => boolean): void => {
  session.defaultSession.setPermissionRequestHandler((contents, permission, decide, details) => {
    const { mediaTypes } = details as { readonly mediaTypes?: readonly string[] };
    decide(permission === 'media' && mediaTypes?.length === 0 && details.isMainFrame && mayLook(contents.id));
  });
};
