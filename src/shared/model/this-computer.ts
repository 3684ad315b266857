/** The account of the embedded host. It always exists and has no size limit. Apart from the schemas, which the window does not load. */
export const THIS_COMPUTER = 'this-computer';
