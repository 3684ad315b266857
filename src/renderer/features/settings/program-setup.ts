import type { TextKey } from '../../stores/text';

export const programs = ['Typora', 'Obsidian', 'VS Code', '思源 SiYuan'] as const;
export type Program = (typeof programs)[number];

type Address = { readonly url: string; readonly token: string };
type Setup = {
  /** What to do there. */
  readonly text: TextKey;
  readonly more?: TextKey;
  /** A command, given the path of our command line's program. */
  readonly command?: (program: string) => string;
  readonly uses: readonly { readonly label: TextKey; readonly value: (address: Address) => string }[];
};

const upload = ({ url, token }: Address): string => `${url}/upload?key=${token}`;
const remove = ({ url, token }: Address): string => `${url}/delete?key=${token}`;

/** What each program is to be told. Their plug-ins have no field for a token, so that it goes into the address. */
export const programSetup: Readonly<Record<Program, Setup>> = {
  Typora: { text: 'apiSetupTypora', more: 'apiSetupTyporaApp', command: (program) => `node "${program}" upload --format url`, uses: [] },
  Obsidian: {
    text: 'apiSetupObsidian',
    uses: [
      { label: 'apiSetupObsidianUpload', value: upload },
      { label: 'apiSetupObsidianDelete', value: remove },
    ],
  },
  'VS Code': {
    text: 'apiSetupCode',
    uses: [{ label: 'apiSetupCodeLines', value: (address) => `"piclist.uploadAPIUrl": "${upload(address)}",\n"piclist.deleteAPIUrl": "${remove(address)}",` }],
  },
  '思源 SiYuan': { text: 'apiSetupSiyuan', uses: [{ label: 'apiSetupSiyuanUpload', value: upload }] },
};
