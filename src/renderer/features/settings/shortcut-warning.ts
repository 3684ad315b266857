import { EVERY_PROGRAM, THE_SYSTEM, usedBy } from '../../../shared/shortcuts';
import { useText } from '../../stores/text';

/** Says which programs lose a key while Picferry has it; null when none is known. */
export const useWarning = (mac: boolean): ((accelerator: string) => string | null) => {
  const { t, language } = useText();
  return (accelerator) => {
    const programs = usedBy(accelerator, mac);
    if (programs.includes(EVERY_PROGRAM)) return t('shortcutUsedByAll');
    if (programs.includes(THE_SYSTEM)) return t('shortcutUsedBySystem');
    return programs.length === 0 ? null : t('shortcutUsedBy', { programs: new Intl.ListFormat(language, { type: 'conjunction' }).format(programs) });
  };
};
