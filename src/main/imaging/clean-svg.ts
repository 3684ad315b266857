import type { PluginConfig } from 'svgo/browser';

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

/** A drawing that can run nothing and fetches nothing. `changed` is false where nothing had to go. Throws for what is no SVG. */
export async function cleanSvg(text: string): Promise<{ readonly text: string; readonly changed: boolean }> {
  const { optimize } = await import('svgo/browser');
  const cleaner: PluginConfig = {
    name: 'picferry-clean',
    fn: () => ({
      instruction: { enter: (node, parent) => (node.name === 'xml' ? undefined : drop(parent, node)) },
      doctype: { enter: (node, parent) => drop(parent, node) },
      comment: { enter: (node, parent) => drop(parent, node) },
      element: {
        enter(node, parent) {
          const name = localName(node.name);
          if (!ELEMENTS.has(name) || (node.name.includes(':') && !node.name.startsWith('svg:')) || animatesLink(node.attributes)) {
            drop(parent, node);
            return;
          }
          for (const [key, value] of Object.entries(node.attributes)) {
            if (!attributeStays(key, value)) delete node.attributes[key];
          }
          if (name !== 'style') return;
          for (const child of node.children) {
            if ((child.type === 'text' || child.type === 'cdata') && reachesOut(child.value)) child.value = withoutReach(child.value);
          }
        },
      },
    }),
  };
  const { data } = optimize(text, { plugins: ['removeScripts', cleaner] });
  return { text: data, changed: data !== optimize(text, { plugins: [] }).data };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const drop = (parent: { children: unknown[] }, node: unknown): void => {
  parent.children = parent.children.filter((child) => child !== node);
};

function attributeStays(key: string, value: string): boolean {
  const [prefix, name] = key.includes(':') ? [key.slice(0, key.indexOf(':')), localName(key)] : ['', key];
  if (prefix !== '' && !PREFIXES.has(prefix)) return false;
  if (/^on/i.test(name)) return false;
  if (prefix === 'xmlns' || key === 'xmlns') return true;
  if (name === 'href' || name === 'src') return /^\s*#/.test(value) || OWN_DATA.test(value.trim());
  if (prefix === 'xml' && name === 'base') return false;
  return !reachesOut(value);
}

/** An animation that sets where a link leads. */
const animatesLink = (attributes: Readonly<Record<string, string>>): boolean => /(^|:)href$|^on/i.test(attributes['attributeName']?.trim() ?? '');

const URL = /url\(\s*(['"]?)([^'")]*)\1\s*\)/gi;
const isOwn = (address: string): boolean => /^\s*#/.test(address) || OWN_DATA.test(address.trim());

/** Whether a style fetches something, or may: escapes hide what a name is. */
const reachesOut = (style: string): boolean =>
  /@import|image-set\(|expression\(|javascript:|-moz-binding|behavior\s*:/i.test(style) || (/\\/.test(style) && /url|import/i.test(unescaped(style))) || [...style.matchAll(URL)].some(([, , address]) => !isOwn(address ?? '')) || /url\(/i.test(style.replace(URL, ''));

/** A style sheet without what it fetches; one that hides what it does goes as a whole. */
function withoutReach(style: string): string {
  const plain = style.replace(/@import[^;]*(;|$)/gi, '').replace(URL, (whole, _quote, address: string) => (isOwn(address) ? whole : 'none'));
  return reachesOut(plain) ? '' : plain;
}

const unescaped = (style: string): string => style.replace(/\\([0-9a-f]{1,6})\s?/gi, (_all, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code, 16)))).replace(/\\/g, '');
