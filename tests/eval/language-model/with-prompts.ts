/** Copies a GGUF model with keys of its own prompts and pooling added, weights untouched: how the same model is measured with another pooling. */
import { readFile, writeFile } from 'node:fs/promises';
import { languageModelPrompts } from '../../../src-main/llara/prompt/profile-catalogue.ts';

/** Magic, version and number of tensors stand before the number of keys; the keys come right after it. */
const keyCountAt = 16;
const keysAt = 24;
/** Tensor data begins at a multiple of it, so what is inserted has to be one. */
const alignment = 32;
const valueTypes = { uint32: 4, string: 8 } as const;

/** `pooledTokens`: of the last tokens of LLaRA's prompts in words. The file must have GGUF's default alignment. */
export async function withPrompts(from: string, to: string, pooledTokens: number): Promise<void> {
  const file = await readFile(from);
  if (file.toString('latin1', 0, 4) !== 'GGUF') throw new Error(`${from} is no GGUF file.`);
  const { prefix, self, next } = languageModelPrompts;
  const keys = [
    stringKey('llara.prompt.prefix', prefix),
    stringKey('llara.prompt.self', self),
    stringKey('llara.prompt.next', next),
    Buffer.concat([text('llara.pooling.last_tokens'), uint32(valueTypes.uint32), uint32(pooledTokens)]),
  ];
  const unfilled = Buffer.concat([...keys, stringKey('llara.filler', '')]).length;
  keys.push(stringKey('llara.filler', ' '.repeat((alignment - (unfilled % alignment)) % alignment)));
  const head = Buffer.from(file.subarray(0, keysAt));
  head.writeBigUInt64LE(head.readBigUInt64LE(keyCountAt) + BigInt(keys.length), keyCountAt);
  await writeFile(to, Buffer.concat([head, ...keys, file.subarray(keysAt)]));
}

const stringKey = (key: string, value: string): Buffer =>
  Buffer.concat([text(key), uint32(valueTypes.string), text(value)]);

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
