/**
 * How an encoder learns a library. `contrastive`: to tell passages that answer from others. `llara`: to name what a text says and what follows it (EBAE
 * and EBAR, arXiv 2312.15503), which makes an encoder of a language model. `auto`: both, one after the other, for a plain language model, and
 * contrast alone for an encoder.
 */
export const adaptationMethods = ['auto', 'contrastive', 'llara', 'llara+contrastive'] as const;
