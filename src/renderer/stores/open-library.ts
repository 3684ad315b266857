import { NO_FILTER } from '../../shared/model/library-defaults';
import type { LibraryFilter } from '../../shared/model/library-query';
import type { AppState } from './app-state';

/** Shows the library with this filter and no other, in the order it was last shown in. */
export const openLibrary = ({ library, ui }: Pick<AppState, 'library' | 'ui'>, filter: Partial<LibraryFilter>): void => {
  library.setFilter({ ...NO_FILTER, ...filter });
  ui.setState({ route: 'library' });
};
