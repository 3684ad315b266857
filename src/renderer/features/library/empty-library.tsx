import { BookImage, CircleAlert, Images, SearchX } from 'lucide-react';
import { useText } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';
import { isFiltered } from './filter-words';

/** Why there is nothing to see: it could not be read, nothing matches, or nothing was uploaded yet. */
export const EmptyLibrary = () => {
  const { t, problem } = useText();
  const { library, ui } = useApp();
  const failure = useLibrary((state) => state.problem);
  const loaded = useLibrary((state) => state.loaded);
  const filter = useLibrary((state) => state.query.filter);
  if (failure !== null)
    return (
      <EmptyState icon={<CircleAlert size={36} strokeWidth={1.25} />} title={t('libraryFailed')} actions={<Button onClick={() => library.reload()}>{t('tryAgain')}</Button>}>
        {problem(failure)}
      </EmptyState>
    );
  // Said only when it takes so long that somebody would wonder.
  if (!loaded)
    return (
      <p role="status" className="late flex h-full items-center justify-center text-text-2">
        {t('libraryReading')}
      </p>
    );
  if (filter.album !== null && !isFiltered({ ...filter, album: null })) {
    const [title, text] = filter.album.source === 'local' ? (['libraryAlbumEmpty', 'libraryAlbumEmptyText'] as const) : (['libraryHostAlbumEmpty', 'libraryHostAlbumEmptyText'] as const);
    return (
      <EmptyState icon={<BookImage size={36} strokeWidth={1.25} />} title={t(title)} actions={<Button onClick={() => library.clearFilters()}>{t('libraryShowAll')}</Button>}>
        {t(text)}
      </EmptyState>
    );
  }
  if (isFiltered(filter))
    return (
      <EmptyState icon={<SearchX size={36} strokeWidth={1.25} />} title={t('libraryNothing')} actions={<Button onClick={() => library.clearFilters()}>{t('libraryShowAll')}</Button>}>
        {t(filter.search.trim() === '' ? 'libraryNothingText' : 'libraryNothingSearch', { text: filter.search.trim() })}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<Images size={40} strokeWidth={1.25} />}
      title={t('libraryEmpty')}
      actions={
        <Button look="primary" onClick={() => ui.setState({ route: 'upload' })}>
          {t('libraryEmptyAction')}
        </Button>
      }
    >
      {t('libraryEmptyText')}
    </EmptyState>
  );
};
