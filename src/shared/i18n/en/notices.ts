/** Texts of the namespace `notices`. `{{file}}` is a path on this computer. */
export const notices = {
  settingsCorrupt: 'The settings file could not be read. It was kept as {{file}}, and Picferry started with fresh settings.',
  settingsRestored:
    'The settings file could not be read. It was kept as {{file}}, and the backup {{backup}} took its place. Changes made since then may be missing.',
  settingsRepaired: 'Some settings could not be used and went back to their defaults: {{fields}}. The file as it was is kept as {{file}}.',
  settingsBadNames: 'Nothing is sent by these profiles until the mistake in their names for files is corrected in Settings, Pictures: {{profiles}}.',
  settingsNewer: 'The settings belong to a newer Picferry. They are used as far as possible and nothing is saved: {{file}}.',
  settingsUnreadable: 'The settings file cannot be opened ({{code}}), so nothing is saved: {{file}}.',
  settingsNotBackedUp: 'No backup of the settings could be written ({{code}}): {{file}}.',
  vaultKeyFile:
    'No keychain answers on this computer, so the key to your secrets lies in a file that only your user account can read. Whoever can read your files can read the secrets.',
  vaultLocked:
    'Your keys and delete links are sealed, and the keychain that opens them cannot be reached. Unlock the keychain and start Picferry again; nothing is lost.',
  vaultCorrupt: 'The file with the sealed keys could not be read. It was kept as {{file}}. Please enter the keys of your accounts again.',
  vaultRestored: 'The file with the sealed keys could not be read. It was kept as {{file}}, and the copy from before its last change took its place.',
  databaseRestored:
    'The library could not be read. It was kept as {{file}}, and the backup {{backup}} took its place. Uploads made since then may be missing.',
  databaseLostRestored: 'The library was missing or empty ({{file}}). The backup {{backup}} took its place. Uploads made since then may be missing.',
  databaseStartedEmpty: 'The library could not be read and there is no backup. It was kept as {{file}}, and Picferry started with an empty library.',
  restoreDone: 'The backup {{backup}} is the library now. The library as it was before is kept among the backups.',
  restoreNotDone: 'The backup {{backup}} could not be read, so the library was left as it is.',
  windowReloaded: 'The window had to be loaded again. Your uploads went on meanwhile.',
  offerClipboardWatcher: 'Picferry can watch the clipboard and offer to upload each picture that you copy, without a key. Switch it on in Settings, Watchers.',
  offerScreenshotWatcher: 'Picferry can watch the folder of your screenshots and offer to upload each new one. Switch it on in Settings, Watchers.',
  linksClosed: 'Links to this computer do not open at the moment, because its host could not start. The next upload to this computer tries again and says why.',
} as const;
