/** Libraries that are missing, of another release, or shaped otherwise must be an error that names them, never a crash. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectedRelease } from '../../../src-main/native/abi/expected-version.ts';
import { checkAbi } from '../../../src-main/native/abi-check.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgmlContext } from '../../../src-main/native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { TensorOps } from '../../../src-main/native/ggml/tensor-ops.ts';
import { installedVariants, locateNativeLibraries } from '../../../src-main/native/library-location.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();

afterEach(() => vi.unstubAllEnvs());

describe('finding the libraries', () => {
  it('finds the package of this system', () => {
    const location = locateNativeLibraries();
    expect(basename(location.files.llama)).toContain('llama');
    expect(installedVariants()).toContain('cpu');
  });

  it('names the folder and the release where nothing is', () => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty);
    vi.stubEnv('LLARA_NATIVE_DIR', empty);
    expect(() => locateNativeLibraries()).toThrow(
      expect.objectContaining({ code: 'native-library-missing', message: expect.stringContaining(empty) }),
    );
    expect(() => locateNativeLibraries()).toThrow(expectedRelease);
  });

  it('refuses libraries of another release', () => {
    const other = join(scratch, 'other');
    mkdirSync(other);
    const metadata = { buildOptions: { gpu: false, llamaCpp: { release: 'b9999' } } };
    writeFileSync(join(other, '_nlcBuildMetadata.json'), JSON.stringify(metadata));
    expect(() => locateNativeLibraries({ directory: other })).toThrow(
      expect.objectContaining({
        code: 'native-library-mismatch',
        message: expect.stringMatching(/b9999.*v0\.5\.0/),
      }),
    );
  });

  it('names the library that is missing beside good metadata', () => {
    const partial = join(scratch, 'partial');
    mkdirSync(partial);
    const { directory, files } = locateNativeLibraries();
    copyFileSync(join(directory, '_nlcBuildMetadata.json'), join(partial, '_nlcBuildMetadata.json'));
    for (const path of [files.ggml, files.ggmlBase]) symlinkSync(path, join(partial, basename(path)));
    expect(() => locateNativeLibraries({ directory: partial })).toThrow(
      expect.objectContaining({ code: 'native-library-missing', message: expect.stringMatching(/No llama/) }),
    );
  });

  it('reports a file that is no library', async () => {
    const broken = join(scratch, 'broken');
    mkdirSync(broken);
    const { directory, files } = locateNativeLibraries();
    copyFileSync(join(directory, '_nlcBuildMetadata.json'), join(broken, '_nlcBuildMetadata.json'));
    for (const path of Object.values(files)) writeFileSync(join(broken, basename(path)), 'not a library');
    await expect(NativeRuntime.create({ directory: broken })).rejects.toMatchObject({
      code: 'native-library-missing',
      message: expect.stringContaining(broken),
    });
  });
});

describe('checking the ABI', () => {
  it('notices parameters that have moved', () => {
    const moved = {
      ...runtime.functions,
      llama_context_default_params: () => ({
        ...runtime.functions.llama_context_default_params(),
        n_ctx: 2048,
        n_batch: 512,
      }),
    };
    expect(() => checkAbi(moved, '/x/libllama.so')).toThrow(
      expect.objectContaining({
        code: 'native-library-mismatch',
        message: expect.stringMatching(/libllama\.so.*n_ctx is 2048, expected 512/),
      }),
    );
  });

  it('notices a tensor of another size', () => {
    const grown = { ...runtime.functions, ggml_tensor_overhead: () => 376 };
    expect(() => checkAbi(grown, '/x/libllama.so')).toThrow(/ggml_tensor_overhead is 376, expected 368/);
  });

  it('accepts the libraries that ship', () => {
    expect(() => checkAbi(runtime.functions, 'libllama')).not.toThrow();
  });
});

describe('lifetimes', () => {
  it('computes a product and refuses everything after disposal', async () => {
    const backend = await Backend.create(runtime, { device: runtime.findDevice('cpu')!, threadCount: 1 });
    const executor = GraphExecutor.create(backend);
    const context = GgmlContext.create(runtime, { maxTensors: 8, maxNodes: 8 });
    const a = context.newTensor('f32', 3, 2).markInput();
    const b = context.newTensor('f32', 3, 1).markInput();
    const product = new TensorOps(context).mulMat(a, b).markOutput();
    const graph = context.newGraph(8);
    graph.expand(product);
    expect(() => a.write(new Float32Array(6))).toThrow(/no memory/);
    executor.allocate(graph);
    a.write(Float32Array.of(1, 2, 3, 4, 5, 6));
    b.write(Float32Array.of(1, 0, -1));
    expect(() => a.write(new Float32Array(7))).toThrow(/do not fit/);
    await executor.compute(graph);
    expect([...product.readFloats()]).toEqual([-2, -2]);

    context.dispose();
    context.dispose();
    expect(() => product.readFloats()).toThrow(/after its disposal/);
    expect(() => context.newTensor('f32', 1)).toThrow(/after its disposal/);
    executor.dispose();
    executor.dispose();
    expect(() => executor.allocate(graph)).toThrow(/disposal/);
    await backend.dispose();
    await backend.dispose();
    expect(() => backend.pointer).toThrow(/disposal/);
  });

  it('opens a second time without loading the backends again', async () => {
    const again = await NativeRuntime.create();
    expect(again.devices().map(({ name }) => name)).toEqual(runtime.devices().map(({ name }) => name));
  });
});

describe('one build per process', () => {
  it('keeps to the build that is open, and refuses another', async () => {
    const other = installedVariants().find((variant) => variant !== runtime.location.variant);
    expect(locateNativeLibraries().directory).toBe(runtime.location.directory);
    if (other === undefined)
      return console.warn('Only one build is installed: the refusal of a second is untested.');
    await expect(NativeRuntime.create({ variant: other })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(runtime.location.directory),
    });
  });
});
