import type sharp from 'sharp';
import { sampleHeifs } from './sample-heifs';
import { sampleGifs, sampleJpegs, samplePngs, sampleWebps, type Sample } from './sample-pictures';
import { sampleTiffs } from './sample-tiffs';

/** Pictures of every format whose metadata can be taken out, with all that programs and cameras put into them. */
export const samplePictures = async (make: typeof sharp): Promise<readonly Sample[]> => (await Promise.all([sampleJpegs, samplePngs, sampleWebps, sampleGifs, sampleHeifs, sampleTiffs].map((samples) => samples(make)))).flat();
