export type { LinkSubject } from './link-subject';
export { albumNames, type InAlbums } from './album-names';
export { formatFor, formatLink, joinLinks, linkIn, linkOf, SEPARATORS, type LinkSettings } from './format-link';
export { checkTemplate, placeholders, stemOf, type Placeholder, type TemplateProblem } from './template';
