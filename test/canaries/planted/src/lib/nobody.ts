// graph: no-orphans
export const nobody = 1;
