export { createCapture, type Capture, type CaptureDeps, type Capturing } from './capture-service';
export type { CapturePage, DisplayView, PageOptions, PagePlace, PagesPort, Place, Refusal, ScreensPort, SeenDisplay, SeenWindow, Size } from './ports';
