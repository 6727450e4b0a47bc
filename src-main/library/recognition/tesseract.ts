/**
 * Tesseract, compiled to WebAssembly, with the language data of this machine. It reads from memory alone: no network, no cache of
 * its own. Only the variant for processors with SIMD (every one that Electron runs on) is shipped.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pageText, type TesseractResult } from './page-text.ts';
import { clarityOf, isWorthTurning, otherTurns, turnedBack, turnedOrientation } from './quarter-turns.ts';
import type { RecognisedPage } from './recognised-page.ts';

type TesseractApi = {
  /** 0 for success; 1 as the mode stands for its neural network. */
  Init(directory: null, languages: string, mode: 1): number;
  SetVariable(name: string, value: string): void;
  /** 0 for success; of the file `/input`. */
  SetImageFile(orientation: number, radians: number): number;
  Recognize(progress: null): number;
  GetJSONText(): string;
  Clear(): void;
};
type TesseractModule = {
  TessBaseAPI: new () => TesseractApi;
  FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
};
type CreateTesseract = (options: {
  wasmBinary: Uint8Array;
  TesseractProgress: () => void;
  print: () => void;
  printErr: (line: unknown) => void;
}) => Promise<TesseractModule>;

// Not called `require`: the bundle of the desktop app declares that name itself.
const fromHere = createRequire(import.meta.url);
const core = 'tesseract.js-core/tesseract-core-simd-lstm';

export class Tesseract {
  readonly #module: TesseractModule;
  readonly #api: TesseractApi;
  readonly #complaints: string[];

  private constructor(module: TesseractModule, api: TesseractApi, complaints: string[]) {
    this.#module = module;
    this.#api = api;
    this.#complaints = complaints;
  }

  /** `languages` are files `NAME.traineddata` in `directory`, the most important first. Throws where they cannot be used. */
  static async create(directory: string, languages: readonly string[]): Promise<Tesseract> {
    const complaints: string[] = [];
    const create = fromHere(`${core}.js`) as CreateTesseract;
    const module = await create({
      wasmBinary: readFileSync(fromHere.resolve(`${core}.wasm`)),
      TesseractProgress: () => {},
      print: () => {},
      printErr: (line) => void complaints.push(String(line)),
    });
    for (const language of languages) {
      const name = `${language}.traineddata`;
      module.FS.writeFile(name, readFileSync(join(directory, name)));
    }
    const api = new module.TessBaseAPI();
    if (api.Init(null, languages.join('+'), 1) !== 0) {
      throw new Error(
        `The language data of ${languages.join(', ')} cannot be used (${complaints.at(-1) ?? 'no reason given'}). Remove it and get it again.`,
      );
    }
    // What scanners write of their resolution is often wrong, and it is asked for nowhere else.
    api.SetVariable('user_defined_dpi', '300');
    return new Tesseract(module, api, complaints);
  }

  /**
   * `picture` is the content of a file; `size` is that of the picture as it is shown. A page that lies on its side is read all the same; its words
   * stand where they are shown. Throws where it cannot be decoded.
   */
  read(picture: Uint8Array, size: { width: number; height: number; orientation: number }): RecognisedPage {
    this.#complaints.length = 0;
    this.#module.FS.writeFile('/input', picture);
    const shown = { width: size.width, height: size.height };
    try {
      const upright = this.#recognise(size.orientation);
      if (isWorthTurning(clarityOf(upright))) {
        for (const turns of otherTurns) {
          const turned = this.#recognise(turnedOrientation(size.orientation, turns));
          if (clarityOf(turned).isClear) return turnedBack(pageText(turned, shown), turns);
        }
      }
      return pageText(upright, shown);
    } finally {
      this.#module.FS.unlink('/input');
    }
  }

  #recognise(orientation: number): TesseractResult {
    try {
      if (this.#api.SetImageFile(orientation, 0) !== 0) {
        throw new Error(`It cannot be decoded (${this.#complaints[0] ?? 'no reason given'}).`);
      }
      this.#api.Recognize(null);
      return JSON.parse(this.#api.GetJSONText()) as TesseractResult;
    } finally {
      this.#api.Clear();
    }
  }
}
