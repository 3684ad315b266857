// graph: electron-at-the-edge
export { app } from 'electron';
