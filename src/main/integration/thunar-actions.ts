import { xmlQuoted } from './quoting';

export type ThunarAction = { readonly id: string; readonly name: string; readonly icon: string; readonly command: string };

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n';

const blockOf = ({ id, name, icon, command }: ThunarAction): string => `<action>
	<icon>${xmlQuoted(icon)}</icon>
	<name>${xmlQuoted(name)}</name>
	<unique-id>${xmlQuoted(id)}</unique-id>
	<command>${xmlQuoted(command)}</command>
	<description></description>
	<patterns>*</patterns>
	<image-files/>
	<video-files/>
	<directories/>
</action>
`;

const isOf = (block: string, id: string): boolean => block.includes(`<unique-id>${xmlQuoted(id)}</unique-id>`);
const BLOCK = /<action>[\s\S]*?<\/action>[ \t]*\n?/g;

/** The text of Thunar's uca.xml without the action of this id; all else stays as it is. */
export const withoutAction = (text: string, id: string): string => text.replaceAll(BLOCK, (block) => (isOf(block, id) ? '' : block));

/** The text with this action, at its end; null text is a file that is not there. Null when the text is no list of actions. */
export const withAction = (text: string | null, action: ThunarAction): string | null => {
  const cleaned = withoutAction(text ?? EMPTY, action.id);
  const end = cleaned.lastIndexOf('</actions>');
  return end < 0 ? null : `${cleaned.slice(0, end)}${blockOf(action)}${cleaned.slice(end)}`;
};

export const hasAction = (text: string, id: string): boolean => (text.match(BLOCK) ?? []).some((block) => isOf(block, id));
/** Whether a text holds no action at all. */
export const hasNoAction = (text: string): boolean => (text.match(BLOCK) ?? []).length === 0;
