import { Page } from '../../ui/page';

/** Every part with its states on one page; reached in development and tests by `#/gallery`. */
export const Gallery = () => <Page title="Gallery">{null}</Page>;
