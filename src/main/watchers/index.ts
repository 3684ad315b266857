export type { WatchersService } from './contract';
export { createWatchers, type WatchersDeps, type WatcherText } from './create-watchers';
export { createOffers, type OffersDeps } from './offers';
export { systemPlaceSources } from './place-sources';
export { findScreenshotPlaces, type PlaceSources, type ScreenshotPlace } from './screenshot-places';
