/**
 * The policy sent with every file of the page. It names what pdf.js and Svelte need and nothing else:
 * no script from text, no foreign frame, no form, and no connection but to the page's own protocol.
 */

const directives: Record<string, string[]> = {
  'default-src': ["'none'"],
  // pdf.js decodes some images with WebAssembly; that compiles no script from text.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  // A sanitised HTML document is shown in a sandboxed frame of the page's own making.
  'frame-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

export function contentSecurityPolicy(): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
