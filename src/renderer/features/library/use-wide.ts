import { useMedia } from '../../ui/use-media';

/** Whether the window has room for a panel beside the list. */
export const useWide = (): boolean => useMedia('(min-width: 900px)');
