const full = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/;

/** Whether the system's word for a failure says that there is no room. */
export const isFull = (code: string | null): boolean => code !== null && full.test(code);
