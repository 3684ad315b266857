import type { PluginConfig } from 'svgo/browser';
import type { RemovedPart } from '../../shared/model/preparation-report';
import { bareAddress } from './bare-address';
import { unescaped, withoutComments } from './style-text';

/** What is drawn, and what it is drawn with (SVG 2 and its modules). Anything else goes, with all that is in it. */
const ELEMENTS = new Set(
  (
    'svg g defs symbol use switch a image path rect circle ellipse line polyline polygon text tspan textPath tref title desc style view ' +
    'linearGradient radialGradient meshgradient meshrow meshpatch stop pattern hatch hatchpath marker clipPath mask filter ' +
    'feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight ' +
    'feSpecularLighting feSpotLight feTile feTurbulence animate animateMotion animateTransform animateColor set mpath ' +
    'font font-face font-face-src font-face-name glyph missing-glyph hkern vkern cursor'
  ).split(' '),
);
/** Attributes of these name spaces are drawn by; those of editors and makers are not. */
const PREFIXES = new Set(['xml', 'xlink', 'xmlns']);
/** Pictures and fonts that lie in the drawing itself. */
const OWN_DATA = /^data:(image\/(png|jpe?g|gif|webp|avif)|(application|font)\/(x-)?(font-)?(woff2?|ttf|otf|sfnt|truetype|opentype))[;,]/i;

const NAME_SPACE = 'http://www.w3.org/2000/svg';

/** A drawing that can run nothing and fetches nothing, and what it lost. `metadata`: of the pictures in it. `changed` is false where nothing had to go. Throws for what is no SVG. */
export async function cleanSvg(text: string, metadata: 'keep' | 'strip'): Promise<{ readonly text: string; readonly changed: boolean; readonly removed: readonly RemovedPart[] }> {
  const { optimize } = await import('svgo/browser');
  const removed = new Set<RemovedPart>();
  const drop = (parent: { children: unknown[] }, node: unknown, part: RemovedPart): void => {
    removed.add(part);
    parent.children = parent.children.filter((child) => child !== node);
  };
  /** What of an address stays. */
  const bare = (address: string): string | null => {
    if (metadata === 'keep') return address;
    const { address: stays, removed: parts } = bareAddress(address);
    for (const part of parts) removed.add(part);
    return stays;
  };
  const bareStyle = (style: string): string => style.replace(URL, (whole, _quote, address: string) => putInto(whole, address, bare(address)));
  const selected = selectedData(text);
  /** What stands before a name of the drawing's own elements; known once its first tag is. */
  let prefixes: ReadonlySet<string> | null = null;
  const cleaner: PluginConfig = {
    name: 'picferry-clean',
    fn: () => ({
      instruction: { enter: (node, parent) => (node.name === 'xml' ? undefined : drop(parent, node, 'link')) },
      doctype: { enter: (node, parent) => drop(parent, node, 'doctype') },
      comment: { enter: (node, parent) => drop(parent, node, 'comment') },
      element: {
        enter(node, parent) {
          prefixes ??= rootPrefixes(node);
          const name = localName(node.name);
          if (!ELEMENTS.has(name) || (node.name.includes(':') && !prefixes.has(prefixOf(node.name)))) return drop(parent, node, foreignPart(node.name, prefixes));
          const animated = animatedPart(node.attributes);
          if (animated !== null) return drop(parent, node, animated);
          for (const [key, value] of Object.entries(node.attributes)) {
            const part = DATA.test(key) && !selected.has(key) ? 'other' : partOf(key, value);
            const stays = part !== null ? null : ADDRESS.test(key) ? bare(value) : bareStyle(value);
            if (part !== null) removed.add(part);
            if (stays === null) delete node.attributes[key];
            else node.attributes[key] = stays;
          }
          if (name !== 'style') return;
          // A browser reads all texts right within a style sheet as one, whatever stands between them. White space at their ends is lost here, so that no check may need it.
          const texts = node.children.filter((child) => child.type === 'text' || child.type === 'cdata');
          const whole = texts.map(({ value }) => value).join('');
          const reaches = reachesOut(whole);
          if (reaches) removed.add(runs(whole) ? 'script' : 'link');
          const stays = bareStyle(reaches ? withoutReach(whole) : whole);
          for (const child of node.children) {
            if (child.type === 'comment') removed.add('comment');
            else if (child.type === 'element') removed.add(foreignPart(child.name, prefixes));
            else if (child.type !== 'text' && child.type !== 'cdata') removed.add('other');
          }
          node.children = stays === whole ? texts : stays === '' ? [] : [{ type: 'text', value: stays }];
        },
      },
    }),
  };
  const plain = withLetters(text);
  const { data } = optimize(plain, { plugins: [cleaner, 'removeScripts'] });
  const changed = data !== optimize(plain, { plugins: [] }).data;
  return { text: data, changed, removed: changed && removed.size === 0 ? ['other'] : [...removed] };
}

const REFERENCE = /<!\[CDATA\[.*?\]\]>|<!--.*?-->|&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gis;

/** `"`, `&`, `'`, `<` and `>`. */
const MARKUP: ReadonlySet<number> = new Set([0x22, 0x26, 0x27, 0x3c, 0x3e]);
/** What XML lets stand in a text. */
const isLetter = (code: number): boolean => code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);

/** A drawing with the letters that numbers stand for in it, but for signs of markup: its reader takes some hundred such numbers for an attack, and some programs write all Chinese so. */
const withLetters = (text: string): string =>
  text.replace(REFERENCE, (whole, hex: string | undefined, decimal: string | undefined) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return MARKUP.has(code) || !isLetter(code) ? whole : String.fromCodePoint(code);
  });

/** What programs note on a drawing's parts. */
const DATA = /^data-/i;
const ADDRESS = /^(\w+:)?(href|src)$/;

/** Such notes that a style sheet chooses parts by: they are drawn by. */
const selectedData = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/\[\s*(data-[\w.-]+)/gi)].map(([, name]) => name ?? ''));

/** A style's address with another one in its place; the function keeps `$` from meaning something. */
const putInto = (whole: string, old: string, address: string | null): string => (address === null ? 'none' : address === old ? whole : whole.replace(old, () => address));

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const prefixOf = (name: string): string => name.slice(0, name.indexOf(':'));

/** The prefixes that a drawing's first tag gives to its own elements. Throws where that tag is none of an SVG. */
function rootPrefixes({ name, attributes }: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }): ReadonlySet<string> {
  const prefixes = new Set(Object.entries(attributes).flatMap(([key, value]) => (key.startsWith('xmlns:') && value.trim() === NAME_SPACE ? [localName(key)] : [])));
  if (localName(name) !== 'svg' || (name.includes(':') && !prefixes.has(prefixOf(name)))) throw new Error('no drawing');
  return prefixes;
}

/** What an element is that has to go. Notes of editors are not seen. */
function foreignPart(whole: string, prefixes: ReadonlySet<string>): RemovedPart {
  const name = localName(whole);
  if (name.toLowerCase() === 'script') return 'script';
  return name === 'metadata' || (whole.includes(':') && !prefixes.has(prefixOf(whole))) ? 'other' : 'content';
}

/** What an attribute is that has to go; null where it stays. */
function partOf(key: string, value: string): RemovedPart | null {
  const [prefix, name] = key.includes(':') ? [prefixOf(key), localName(key)] : ['', key];
  if (prefix !== '' && !PREFIXES.has(prefix)) return 'other';
  if (/^on/i.test(name)) return 'handler';
  if (prefix === 'xmlns' || key === 'xmlns') return null;
  if (name === 'href' || name === 'src') return isOwn(value) ? null : runs(value) ? 'script' : /^\s*data:/i.test(value) ? 'content' : 'link';
  if (prefix === 'xml' && name === 'base') return 'link';
  return !reachesOut(value) ? null : runs(value) ? 'script' : 'link';
}

/** Whether an address or a style is a program; space within its name does not hinder a browser. */
const runs = (value: string): boolean => /javascript:|vbscript:|expression\(|-moz-binding|behavior:/i.test(value.replace(/\s+/g, ''));

/** What an animation sets that nothing may set: where a link leads, or what is run. */
function animatedPart(attributes: Readonly<Record<string, string>>): RemovedPart | null {
  const animated = attributes['attributeName']?.trim() ?? '';
  return /(^|:)href$/i.test(animated) ? 'link' : /^on/i.test(animated) ? 'handler' : null;
}

const URL = /url\(\s*(['"]?)([^'")]*)\1\s*\)/gi;
const isOwn = (address: string): boolean => /^\s*#/.test(address) || OWN_DATA.test(address.trim());
/** The same in a style, where an address ends earlier than it seems when it holds such signs: another one may follow. */
const isOwnIn = (address: string): boolean => isOwn(address) && !/[()'"\\*<>{}]/.test(address);

/** Whether a style fetches something, or may: escapes and comments hide what a name is. */
const reachesOut = (style: string): boolean =>
  fetches(style) || (style.includes('/*') && fetches(withoutComments(style))) || (style.includes('\\') && [style, withoutComments(style)].map(unescaped).some((plain) => /url|import/i.test(plain) || fetches(plain)));

const fetches = (style: string): boolean =>
  /@import|image-set\(|(image|src)\(|expression\(|javascript:|-moz-binding|behavior\s*:/i.test(style) || [...style.matchAll(URL)].some(([, , address]) => !isOwnIn(address ?? '')) || /url\(/i.test(style.replace(URL, ''));

/** A style sheet without what it fetches; one that hides what it does goes as a whole. */
function withoutReach(style: string): string {
  const plain = style.replace(/@import[^;]*(;|$)/gi, '').replace(URL, (whole, _quote, address: string) => (isOwnIn(address) ? whole : 'none'));
  return reachesOut(plain) ? '' : plain;
}
