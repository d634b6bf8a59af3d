/** Pictures that tests make for themselves: seeded, drawn in code, no outside data. */
export {
  animatedWebp,
  finderPage,
  gifFile,
  heicFile,
  hugePicture,
  jpegBomb,
  noisePicture,
  pdfFile,
  pngBomb,
  polyglotJpeg,
  svgFile,
  tiffBomb,
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
export { printedLabel, printedPicture, serialPage } from './text.ts';
