export { createThisComputer, type ThisComputerDeps } from './this-computer';
