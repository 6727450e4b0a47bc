/** Makes every icon in resources/icons from the app's mark: `npm run icons`. The results are committed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { packIcns, packIco, type SizedPng } from './icons/icon-containers.ts';
import { framedForMac, trayDrawing, trayIcons } from './icons/icon-drawings.ts';

export function makeIcons(root: string, folder: string): void {
  const mark = readFileSync(join(root, 'src-renderer/public/icon.svg'), 'utf8');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes);
  const draw = (svg: string, sizes: number[]): SizedPng[] =>
    sizes.map((size) => ({ size, png: rasterise(svg, size) }));

  write('icon.png', rasterise(mark, 512));
  write('icon.ico', packIco(draw(mark, [16, 24, 32, 48, 64, 128, 256])));
  write('icon.icns', packIcns(draw(framedForMac(mark), [16, 32, 64, 128, 256, 512, 1024])));
  for (const icon of trayIcons) {
    const template = trayDrawing(icon, '#000000', '#000000');
    const coloured = trayDrawing(icon, '#8c93a3', '#f6e04b');
    write(`tray-${icon}-Template.png`, rasterise(template, 16));
    write(`tray-${icon}-Template@2x.png`, rasterise(template, 32));
    write(`tray-${icon}.png`, rasterise(coloured, 24));
    write(`tray-${icon}@2x.png`, rasterise(coloured, 48));
  }
}

function rasterise(svg: string, size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  makeIcons(root, join(root, 'resources/icons'));
}
