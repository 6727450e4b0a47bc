/** The one release of llama.cpp whose headers the ABI files describe, and the npm package that ships it. */
export const expectedRelease = 'v0.5.0';
export const nodeLlamaCppVersion = '3.22.1';
