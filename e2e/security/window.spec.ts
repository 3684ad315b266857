import { join } from 'node:path';
import { callNames } from '../../src/shared/ipc/call-names';
import { appFolder, expect, test } from '../fixtures';

test('the page runs isolated and sandboxed, without Node and with no risky feature on', async ({ picferry: { app, page } }) => {
  const preferences = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()),
  );
  expect(preferences.length).toBe(1);
  for (const given of preferences) {
    expect(given).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(given['nodeIntegrationInWorker'] ?? false).toBe(false);
    expect(given['nodeIntegrationInSubFrames'] ?? false).toBe(false);
    expect(given['allowRunningInsecureContent'] ?? false).toBe(false);
    expect(given['experimentalFeatures'] ?? false).toBe(false);
    expect(given['enableBlinkFeatures'] ?? '').toBe('');
    expect(given['webviewTag'] ?? false).toBe(false);
  }
  const seen = await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis));
  expect(seen).toEqual([]);
});

test('the page gets named functions and nothing of Electron itself', async ({ picferry: { page } }) => {
  const bridge = await page.evaluate(() => {
    const { picferry } = window as unknown as { readonly picferry: Record<string, unknown> };
    return Object.entries(picferry).map(([name, value]) => [name, typeof value]);
  });
  expect(bridge).toEqual([['invoke', 'function'], ['on', 'function'], ['pathOf', 'function']]);
  const refused = await page.evaluate(() => {
    const { picferry } = window as unknown as { readonly picferry: { invoke(name: string): unknown; on(name: string, listener: () => void): unknown } };
    const says = (act: () => unknown): string => {
      try {
        act();
        return 'let through';
      } catch (error) {
        return String(error);
      }
    };
    return [says(() => picferry.invoke('electron-store-get-data')), says(() => picferry.on('ELECTRON_SOMETHING', () => undefined))];
  });
  for (const answer of refused) expect(answer).toContain('Not in the contract');
});

test('main listens on the contract\'s channels and on no other', async ({ picferry: { app, page } }) => {
  // The first change opens the settings store, and the store a channel of its own.
  await page.evaluate(() => (window as unknown as { readonly picferry: { invoke(name: string, input: unknown): Promise<unknown> } }).picferry.invoke('settings:set', { railOpen: false }));
  const channels = await app.evaluate(({ ipcMain }) => ({
    handled: [...((ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys())],
    heard: ipcMain.eventNames().map(String).filter((name) => name !== 'error'),
  }));
  expect(channels.handled.sort()).toEqual([...callNames].sort());
  expect(channels.heard).toEqual([]);
});

test('scripts in the markup, foreign pictures and foreign addresses are blocked', async ({ launch }) => {
  const { page } = await launch();
  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    (globalThis as unknown as { seen: string[] }).seen = seen;
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.injected = true';
    } catch {
      seen.push('trusted-types');
    }
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { outline: 1px solid red }';
    document.head.append(style);
    const image = new Image();
    const failed = new Promise((resolve) => image.addEventListener('error', resolve));
    image.src = 'https://127.0.0.1:9/x.png';
    await failed;
    const fetched = await fetch('http://127.0.0.1:9/').then(() => 'let through', () => 'blocked');
    const markup = ((): string => {
      try {
        document.createElement('div').innerHTML = '<b>x</b>';
        return 'let through';
      } catch {
        return 'blocked';
      }
    })();
    return { fetched, markup, injected: 'injected' in globalThis };
  });
  expect(violations.injected).toBe(false);
  expect(violations.fetched).toBe('blocked');
  expect(violations.markup).toBe('blocked');
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual(expect.arrayContaining(['img-src', 'style-src-elem', 'connect-src']));
});

test('every permission a page can ask for is denied', async ({ picferry: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'persistent-storage', 'background-sync'];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  const asked = await page.evaluate(async () => [
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'refused'),
    await Notification.requestPermission(),
    await navigator.clipboard.readText().then(() => 'granted', () => 'refused'),
  ]);
  expect(asked).toEqual(['refused', 'denied', 'refused']);
});

test('the page cannot be led elsewhere and opens no window', async ({ launch }) => {
  const { app, page } = await launch();
  const opened = await page.evaluate(() => {
    const results = [window.open('https://example.invalid/'), window.open('about:blank'), window.open('app://picferry/index.html')];
    for (const target of ['_self', '_blank', '_top']) {
      const link = document.createElement('a');
      link.href = 'https://example.invalid/';
      link.target = target;
      document.body.append(link);
      link.click();
    }
    location.href = 'https://example.invalid/';
    location.assign('file:///etc/passwd');
    return results.map((result) => result === null);
  });
  expect(opened).toEqual([true, true, true]);
  const frame = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
        const inner = document.createElement('iframe');
        inner.src = 'https://example.invalid/';
        document.body.append(inner);
      }),
  );
  expect(frame).toBe('frame-src');
  expect(page.url()).toContain('app://picferry/index.html');
  expect(app.windows().length).toBe(1);
  const webview = await page.evaluate(() => document.createElement('webview').constructor.name);
  expect(webview).toBe('HTMLElement');
});

test('the page asks nothing of any other scheme', async ({ launch }) => {
  const { page } = await launch();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).protocol));
  await page.reload();
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((scheme) => !['app:', 'picture:', 'data:', 'blob:'].includes(scheme))).toEqual([]);
});

test('a window with another page is refused on every channel', async ({ launch }) => {
  const { app } = await launch();
  const given = { names: [...callNames], preload: join(appFolder(), 'out', 'preload', 'index.js') };
  const answers = await app.evaluate(async ({ BrowserWindow }, { names, preload }) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, contextIsolation: true } });
    await stranger.loadURL('data:text/html,<p>stranger');
    const codes = (await stranger.webContents.executeJavaScript(
      `Promise.all(${JSON.stringify(names)}.map(async (name) => (await picferry.invoke(name, undefined)).error?.code ?? 'let through'))`,
    )) as string[];
    stranger.destroy();
    return codes;
  }, given);
  expect(answers).toEqual(callNames.map(() => 'refused'));
});

test('addresses of our schemes name the built files and thumbnails only', async ({ launch }) => {
  const { app } = await launch();
  const answers = await app.evaluate(async ({ BrowserWindow }) => {
    const addresses = [
      'app://picferry/index.html',
      'app://picferry/../package.json',
      'app://picferry/%2e%2e/%2e%2e/package.json',
      'app://picferry/..%5c..%5cpackage.json',
      'app://picferry//etc/passwd',
      'app://other/index.html',
      'picture://thumb/../store/settings.json',
      'picture://thumb/%2e%2e%2fstore%2fsettings.json',
      'picture://other/settings.json',
    ];
    const found: string[] = [];
    for (const address of addresses) {
      const reader = new BrowserWindow({ show: false });
      let status = 0;
      reader.webContents.on('did-navigate', (_event, _url, code) => (status = code));
      const loaded = await reader.loadURL(address).then(() => true, () => false);
      if (loaded && status === 200) found.push(address);
      reader.destroy();
    }
    return found;
  });
  expect(answers).toEqual(['app://picferry/index.html']);
});

test('the sandbox is left off for root on Linux only', async ({ launch }) => {
  const { app } = await launch();
  const off = await app.evaluate(({ app: electron }) => electron.commandLine.hasSwitch('no-sandbox'));
  expect(off).toBe(process.platform === 'linux' && process.getuid?.() === 0);
});
