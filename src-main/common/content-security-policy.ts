/**
 * The policy sent with every file of the page, whoever serves it. It names what pdf.js and Svelte need and nothing
 * else: no script from text, no frame around the page, no form, and no connection but to where the page came from.
 */

const directives: Record<string, string[]> = {
  'default-src': ["'none'"],
  // pdf.js decodes some images with WebAssembly; that compiles no script from text.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  // Component libraries place elements with style attributes; style sheets come from our files alone.
  'style-src': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'", 'blob:', 'data:'],
  'connect-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

export function contentSecurityPolicy(): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
