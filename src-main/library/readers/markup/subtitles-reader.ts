/** Reads subtitles (SRT, WebVTT): what is said, with the time as a heading for every minute. Marks of style and position are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';

const secondsPerHeading = 60;

export const readSubtitles: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  let headingAt = Number.NEGATIVE_INFINITY;
  let lastLine = '';
  for (const { second, lines } of cuesOf(decodeText(bytes))) {
    if (lines.length === 0) continue;
    if (second - headingAt >= secondsPerHeading) {
      builder.noteHeading(1, clock(second));
      headingAt = second;
    }
    for (const line of lines) {
      // Captions that roll up show every line twice.
      if (line === lastLine) continue;
      lastLine = line;
      builder.breakLine();
      builder.addText(line);
    }
  }
  return builder.finish({ kind: 'subtitles', fileName, emptyReason: 'The subtitles hold no words.' });
};

type Cue = { second: number; lines: string[] };

const timing = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->/;

const cuesOf = (source: string): Cue[] =>
  source.split(/\n[ \t]*\n/).flatMap((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line.trim()));
    const match = timing.exec(lines[at]?.trim() ?? '');
    if (!match) return [];
    const second = Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]);
    return [
      {
        second,
        lines: lines
          .slice(at + 1)
          .map(plain)
          .filter((line) => line !== ''),
      },
    ];
  });

const plain = (line: string): string =>
  line
    .replace(/<v(?:\.[^\s>]*)?\s+([^>]+)>/g, '$1: ')
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();

const clock = (second: number): string =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
