/** Pictures that tests make for themselves: seeded, drawn in code, no outside data. */
export {
  gifFile,
  heicFile,
  hugePicture,
  pngBomb,
  polyglotJpeg,
  svgFile,
  truncatedJpeg,
  zipFile,
} from './hostile.ts';
export { codePicture, labelPicture, labelText, pairPicture } from './labels.ts';
export {
  invoicePicture,
  plainPicture,
  sadpQrPicture,
  shareQrPicture,
  tvPagePicture,
} from './pages.ts';
export { type Spoil, spoil } from './scene.ts';
