/**
 * The one door through which foreign HTML enters the page. Scripts, handlers, forms, styles and embedded pages are
 * dropped; so is every address that would be fetched, for showing a document must not tell anyone that it was opened.
 */
import DOMPurify, { type Config } from 'dompurify';

const config = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'audio',
    'video',
    'source',
    'track',
    'picture',
  ],
  FORBID_ATTR: ['style', 'id', 'name', 'class', 'srcset', 'background', 'ping', 'target'],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const satisfies Config;

export function cleanHtml(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, config as Config & { RETURN_DOM_FRAGMENT: true });
  for (const image of fragment.querySelectorAll('img')) {
    if (!image.getAttribute('src')?.startsWith('data:image/')) image.replaceWith(image.alt);
  }
  // A link stays readable, but leads nowhere: this page never navigates away.
  for (const link of fragment.querySelectorAll('a')) {
    const address = link.getAttribute('href');
    link.removeAttribute('href');
    if (address && /^(https?|mailto):/.test(address)) link.title = address;
  }
  return fragment;
}
