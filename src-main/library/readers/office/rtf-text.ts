/** Gathers the characters of rich text: bytes in the code page of their font, and Unicode beside them. */

export class RtfText {
  #codePage = 1252;
  #pageOfFont = new Map<number, number>();
  #font = 0;
  #bytes = '';
  #text = '';

  useCodePage(codePage: number): void {
    this.#codePage = codePage;
  }

  useFont(font: number): void {
    if (font !== this.#font) this.#decode();
    this.#font = font;
  }

  noteCharset(font: number, charset: number): void {
    const codePage = pageOfCharset[charset];
    if (codePage) this.#pageOfFont.set(font, codePage);
  }

  /** One byte in each character. */
  addBytes(bytes: string): void {
    this.#bytes += bytes;
  }

  /** A UTF-16 code unit; pairs come one half after the other. */
  addUnit(unit: number): void {
    this.#decode();
    this.#text += String.fromCharCode(unit);
  }

  /** What has gathered since the last call. */
  take(): string {
    this.#decode();
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #decode(): void {
    if (this.#bytes === '') return;
    const page = this.#pageOfFont.get(this.#font) ?? this.#codePage;
    const decoder = new TextDecoder(
      labelOfPage[page] ?? `windows-${page >= 1250 && page <= 1258 ? page : 1252}`,
    );
    this.#text += decoder.decode(Buffer.from(this.#bytes, 'latin1'));
    this.#bytes = '';
  }
}

/** Windows' numbers of code pages that are not called `windows-N`. */
const labelOfPage: Record<number, string> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
};

/** A font's \fcharset → code page; 0 (Western) and 1 (default) follow the document. */
const pageOfCharset: Record<number, number> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};
