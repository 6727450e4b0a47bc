/**
 * Compares, before anything else runs, what the opened libraries say of themselves with what the ABI files expect. A struct
 * that has moved by one field shows up here as an error and not later as a crash.
 */
import { AppError } from '../common/app-error.ts';
import { expectedRelease, nodeLlamaCppVersion } from './abi/expected-version.ts';
import { ggmlType, objectBytes, tensorLayout } from './abi/ggml-h.ts';
import { ggufType } from './abi/gguf-h.ts';
import { expectedContextDefaults, expectedModelDefaults } from './abi/llama-h.ts';
import type { NativeFunctions } from './native-functions.ts';

/** Throws `native-library-mismatch` naming the library file and every difference found. */
export function checkAbi(functions: NativeFunctions, llamaPath: string): void {
  const differences = [
    ...compare('llama_model_default_params()', functions.llama_model_default_params(), expectedModelDefaults),
    ...compare(
      'llama_context_default_params()',
      functions.llama_context_default_params(),
      expectedContextDefaults,
    ),
    ...compare('ggml', ggmlFacts(functions), {
      ggml_tensor_overhead: objectBytes + tensorLayout.sizeBytes,
      'ggml_type q8_0': 'q8_0',
      'ggml_type i32': 'i32',
      'ggml_type bf16': 'bf16',
      'ggml_type_size q8_0': 34,
      'gguf_type str': 'str',
      'gguf_type f64': 'f64',
      llama_version: true,
    }),
  ];
  if (differences.length > 0) {
    throw new AppError(
      'native-library-mismatch',
      `${llamaPath} is not the llama.cpp ${expectedRelease} that this version of the product is made for ` +
        `(${differences.slice(0, 5).join('; ')}). Install node-llama-cpp ${nodeLlamaCppVersion}.`,
    );
  }
}

function ggmlFacts(functions: NativeFunctions): Record<string, unknown> {
  return {
    ggml_tensor_overhead: Number(functions.ggml_tensor_overhead()),
    'ggml_type q8_0': functions.ggml_type_name(ggmlType.q8_0),
    'ggml_type i32': functions.ggml_type_name(ggmlType.i32),
    'ggml_type bf16': functions.ggml_type_name(ggmlType.bf16),
    'ggml_type_size q8_0': Number(functions.ggml_type_size(ggmlType.q8_0)),
    'gguf_type str': functions.gguf_type_name(ggufType.str),
    'gguf_type f64': functions.gguf_type_name(ggufType.f64),
    llama_version: (functions.llama_version() ?? '').startsWith(expectedRelease.slice(1)),
  };
}

function compare(
  what: string,
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(expected)
    .filter((key) => actual[key] !== expected[key])
    .map((key) => `${what}: ${key} is ${String(actual[key])}, expected ${String(expected[key])}`);
}
