import { round } from './round';

export const trip = (): number => round();
