/** One change of the database's tables. Once released it never changes; later changes are further migrations. */
export type Migration = {
  readonly name: string;
  /** Runs in one transaction with all that are due. */
  readonly sql: string;
};
