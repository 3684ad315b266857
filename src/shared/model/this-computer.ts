/** The account of the embedded host. It always exists and has no size limit. Apart from the schemas, which the window does not load. */
export const THIS_COMPUTER = 'this-computer';

/** The provider of accounts that mean another Picferry on this computer, by its data folder. */
export const OTHER_PICFERRY = 'picferry';

/** Whether the links of such an account open only on this computer, and the account means nothing on another. */
export const isOnlyHere = ({ accountId, provider }: { readonly accountId: string; readonly provider: string }): boolean =>
  accountId === THIS_COMPUTER || provider === OTHER_PICFERRY;
