/** What the writer writes the reader must read, and a damaged file must be an error of the file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();

describe('GGUF files', () => {
  it('come back as they were written', async () => {
    const path = join(scratch, 'round.gguf');
    const writer = GgufWriter.create(runtime, 2);
    writer.setString('a.text', 'Größe 界').setUint32('a.count', 4_000_000_000).setFloat32('a.ratio', 0.5);
    writer.setBool('a.flag', true).setStrings('a.words', ['one', '', 'trois']);
    writer.setInt32Array('a.ints', Int32Array.of(-1, 7)).setFloat32Array('a.floats', Float32Array.of(1.5));
    writer.addTensor('w', 'f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));
    writer.addTensor('q', 'q8_0', [32, 2], new Float32Array(64).fill(1));
    await writer.write(path);
    writer.dispose();
    writer.dispose();
    expect(() => writer.setBool('x', true)).toThrow(/disposal/);

    const file = await GgufFile.create(runtime, path);
    const values = Object.fromEntries(file.keys().map((key) => [key, file.value(key)]));
    expect(values).toEqual({
      'a.text': 'Größe 界',
      'a.count': 4_000_000_000,
      'a.ratio': 0.5,
      'a.flag': true,
      'a.words': ['one', '', 'trois'],
      'a.ints': [-1, 7],
      'a.floats': [1.5],
    });
    expect(file.value('a.absent')).toBeUndefined();
    expect(file.number('a.text')).toBeUndefined();
    expect(file.tensors()).toMatchObject([
      { name: 'w', type: 'f32', shape: [2, 3, 1, 1], byteLength: 24 },
      { name: 'q', type: 'q8_0', shape: [32, 2, 1, 1], byteLength: 68 },
    ]);
    file.dispose();
    expect(() => file.keys()).toThrow(/disposal/);
  });

  it('that are absent or damaged are named', async () => {
    await expect(GgufFile.create(runtime, join(scratch, 'absent.gguf'))).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('absent.gguf'),
    });
    const damaged = join(scratch, 'damaged.gguf');
    writeFileSync(damaged, 'GGUF but no more');
    await expect(GgufFile.create(runtime, damaged)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('damaged.gguf'),
    });
  });
});
