/**
 * The size budget of each kind of installer, and its check: an artifact over it fails the packaging run. dmg and zip compress with
 * zlib and are given more for it; the others with LZMA or zstd.
 */
import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';

export const maxInstallerBytes: Readonly<Record<string, number>> = {
  '.AppImage': 190_000_000,
  '.deb': 190_000_000,
  '.rpm': 190_000_000,
  '.exe': 190_000_000,
  '.dmg': 220_000_000,
  '.zip': 220_000_000,
};

/**
 * The app's own share of it, as far as it can be checked without an Electron distribution: native libraries, models and code, compressed
 * with zstd at level 9. Installers compress harder, to about nine tenths of that (measured once: level 19 made 77.9 MB of 87.0) but for the
 * multilingual encoder, whose four-bit weights hardly shrink (39.8 MB at level 9); so this stands for some 128 MB in them; the app has 136.9 MB.
 * Text recognition (Tesseract and PDFium as WebAssembly, without language data) has added 2.9 MB of these, what a chat model file needs
 * (node-llama-cpp's addon and llama-common, for the processor and for Vulkan) 1.9 MB; the bound was raised by the latter. The rest is Electron's.
 */
export const maxPayloadBytes = 139_000_000;

/** Throws, naming each artifact over the budget with its size. Block maps and update files are no installers. */
export function checkArtifactSizes(paths: readonly string[]): void {
  const tooLarge = paths.flatMap((path) => {
    const budget = maxInstallerBytes[extname(path)];
    const bytes = statSync(path).size;
    if (budget === undefined || bytes <= budget) return [];
    return [`${basename(path)} has ${(bytes / 1e6).toFixed(1)} of ${budget / 1e6} MB`];
  });
  if (tooLarge.length > 0) throw new Error(`Over the budget: ${tooLarge.join(', ')}.`);
}
