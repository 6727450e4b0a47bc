/** Lays the words of a recognised page over its picture, unseen, so that they can be selected and copied, and are read aloud. */
import type { RecognisedWords } from '../../../src-main/contract/recognition/recognition.ts';

/** `width` is that of the page in CSS pixels at scale 1. The spans take the holder's style for text that is laid over a page. */
export function layWords(holder: HTMLElement, page: RecognisedWords, width: number): void {
  const scale = width / page.width;
  const context = document.createElement('canvas').getContext('2d')!;
  const spans = page.words.map((word) => {
    const span = document.createElement('span');
    const height = word.height * scale;
    context.font = `${height}px sans-serif`;
    const natural = context.measureText(word.text).width;
    span.textContent = `${word.text} `;
    span.style.left = `${(100 * word.left) / page.width}%`;
    span.style.top = `${(100 * word.top) / page.height}%`;
    span.style.fontFamily = 'sans-serif';
    span.style.setProperty('--font-height', `${height}px`);
    span.style.setProperty('--scale-x', String(natural > 0 ? (word.width * scale) / natural : 1));
    return span;
  });
  holder.replaceChildren(...spans);
}
