/** Pictures of albums, remote lists, operations and data settings; see screenshots.mjs. */
const narrow = { width: 640, height: 480 };
const place = (account, name) => async (window) => {
  const list = window.getByRole('navigation', { name: /Albums and lists|相册和列表/ });
  if (await list.isVisible()) await list.getByRole('region', { name: account }).getByRole('button', { name }).click();
  else {
    await window.getByRole('combobox', { name: /Albums and lists|相册和列表/ }).click();
    await window.getByRole('option', { name: new RegExp(`${account} · `) }).first().click();
  }
};
const gallery = place('Gallery of the club', /gallery|公开图库/);
const lastHour = place('Old SM.MS account', /hour|一小时/);
const forum = place('Forum', /Albums|相册/);
const typed = place('Blog pictures', /id/i);
const nothing = place('Plain site', /No albums|没有/);
const data = (window) => window.getByRole('tab', { name: /Data|数据/ }).click();
const then = (...acts) => async (window) => {
  for (const act of acts) await act(window);
};
const press = (name) => (window) => window.getByRole('button', { name }).first().click();
const pickRemote = async (window) => {
  await window.locator('[data-tile="0"]').click();
  await window.keyboard.press('Shift+ArrowRight');
  await window.keyboard.press('Shift+ArrowRight');
};
const looks = [
  ['', {}],
  ['-dark-zh-CN', { theme: 'dark', language: 'zh-CN' }],
  ['-narrow', { size: narrow }],
  ['-narrow-zh-CN', { size: narrow, language: 'zh-CN' }],
];

/** Adds every picture of this area; `add` takes a name and what differs from a plain one. */
export const albumShots = (add) => {
  const inAlbums = (name, options) => add(name, { route: 'albums', ...options });
  for (const [look, options] of looks) {
    inAlbums(`albums-local${look}`, options);
    inAlbums(`albums-host${look}`, { ...options, act: forum });
    inAlbums(`albums-typed${look}`, { ...options, act: typed });
    inAlbums(`albums-nothing${look}`, { ...options, act: nothing });
    inAlbums(`remote-gallery${look}`, { ...options, act: gallery });
    inAlbums(`remote-hour${look}`, { ...options, act: lastHour });
    inAlbums(`remote-selected${look}`, { ...options, act: then(gallery, pickRemote) });
    inAlbums(`remote-preview${look}`, { ...options, act: then(gallery, (window) => window.locator('[data-tile="0"]').press(' '), (window) => window.getByText(/2026-11-20/).last().waitFor()) });
    add(`operations-all${look}`, { ...options, scene: 'operations' });
    add(`operations-ended${look}`, { ...options, scene: 'operations-ended', route: 'library' });
    add(`operations-sheet${look}`, { ...options, scene: 'operations-ended', act: press(/^(Details|详情)$/) });
    add(`data${look}`, { ...options, route: 'settings', act: data });
    add(`data-export${look}`, { ...options, route: 'settings', act: then(data, press(/Export everything…|全部导出…/)) });
    add(`data-import${look}`, { ...options, route: 'settings', act: then(data, press(/Choose a file…|选择文件…/)) });
  }
  inAlbums('albums-contrast', { theme: 'contrast' });
  inAlbums('remote-contrast', { theme: 'contrast', act: gallery });
  inAlbums('albums-zoom200', { zoom: 2 });
  inAlbums('remote-zoom200', { zoom: 2, act: gallery });
  inAlbums('albums-empty', { scene: 'albums-none' });
  inAlbums('albums-many', { scene: 'albums-many', act: (window) => window.getByRole('grid').evaluate((grid) => grid.parentElement.scrollTo(0, grid.clientHeight / 2)) });
  inAlbums('albums-host-empty', { scene: 'albums-none', act: forum });
  inAlbums('albums-host-fails', { scene: 'remote-fails', act: forum });
  inAlbums('albums-menu', { act: then((window) => window.locator('[data-tile="0"]').hover(), press(/Actions for/)) });
  inAlbums('albums-new', { act: press('New album') });
  inAlbums('albums-cover', { act: then((window) => window.locator('[data-tile="1"]').hover(), press('Actions for Harbour'), (window) => window.getByRole('menuitem', { name: /cover/ }).click(), (window) => window.getByRole('list', { name: /Pictures in/ }).waitFor()) });
  inAlbums('remote-empty', { scene: 'albums-none', act: gallery });
  inAlbums('remote-fails', { scene: 'remote-fails', act: gallery });
  inAlbums('remote-offline-zh-CN', { scene: 'remote-offline', language: 'zh-CN', act: gallery });
  inAlbums('remote-slow', { scene: 'remote-slow', act: gallery });
  inAlbums('remote-clear', { act: then(lastHour, press('More actions'), (window) => window.getByRole('menuitem', { name: /Clear/ }).click()) });
  inAlbums('remote-delete', { act: then(gallery, pickRemote, press(/Delete on the host…/)) });
  inAlbums('remote-menu', { act: then(gallery, (window) => window.locator('[data-tile="0"]').hover(), press(/^Actions for/)) });
  add('operations-waiting', { scene: 'operations-waiting', route: 'library' });
  add('operations-waiting-dark-zh-CN', { scene: 'operations-waiting', route: 'library', theme: 'dark', language: 'zh-CN' });
  add('operations-undone', {
    scene: 'operations-waiting',
    route: 'albums',
    act: then((window) => window.keyboard.press('Control+z'), (window) => window.getByText('Nothing was deleted.').first().waitFor()),
  });
  add('data-export-without', { route: 'settings', act: then(data, press('Export everything…'), (window) => window.getByRole('radio', { name: /Leave them out/ }).check()) });
  add('data-imported', { route: 'settings', act: then(data, press('Choose a file…'), press('Import'), (window) => window.getByRole('heading', { name: 'Imported' }).waitFor()) });
  add('data-restore', { route: 'settings', act: then(data, press(/^Restore…/)) });
  add('data-none-zh-CN', { route: 'settings', scene: 'albums-none', language: 'zh-CN', act: data });
  add('data-fails', { route: 'settings', scene: 'remote-fails', act: data });
  add('upload-album', { act: press(/^Album: /) });
  add('upload-album-listed', { scene: 'albums-forum', act: press(/^Album: /) });
};
