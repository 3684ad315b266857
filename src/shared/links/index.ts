export type { LinkSubject } from './link-subject';
export { formatLink, joinLinks, linkIn, linkOf, type LinkSettings } from './format-link';
export { checkTemplate, placeholders, type Placeholder, type TemplateProblem } from './template';
