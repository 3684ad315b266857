export { createNeighbours, type Neighbours, type NeighbourFolder } from './neighbours';
