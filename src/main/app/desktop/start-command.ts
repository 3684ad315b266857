import type { StartCommand } from '../../integration';

export type StartFacts = {
  /** Whether the program is Picferry itself and not Electron with a folder. */
  readonly packaged: boolean;
  readonly program: string;
  readonly appFolder: string;
  readonly withoutSandbox: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** What a later start needs to be the same Picferry on the same data. */
const KEPT = ['PICFERRY_HOME', 'PICFERRY_RUNTIME_NOTE'] as const;

/** How the system is to start Picferry: as it runs now. An AppImage is named itself, since it lies elsewhere at each start. */
export const startCommand = ({ packaged, program, appFolder, withoutSandbox, env }: StartFacts): StartCommand => ({
  program: env['APPIMAGE'] ?? program,
  args: [...(withoutSandbox ? ['--no-sandbox'] : []), ...(packaged ? [] : [appFolder])],
  env: Object.fromEntries(KEPT.flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]]))) as Record<string, string>,
});
