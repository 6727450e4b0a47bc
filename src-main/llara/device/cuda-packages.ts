/**
 * What CUDA is fetched as: node-llama-cpp's own packages of that build, in the version in use. The second holds the same for an older CUDA
 * toolkit, and is tried where the first does not open. Nothing is fetched here.
 */
import { nodeLlamaCppVersion } from '../../native/abi/expected-version.ts';

export type NativePackage = {
  name: string;
  version: string;
  /** Of the download; null where nobody has measured it. */
  sizeBytes: number | null;
  /** SHA-512 of the download in base64, as this version's lock file has it; null where no registry at hand served the package. */
  integrity: string | null;
};

type System = { platform: NodeJS.Platform; arch: string };

const packages: Readonly<Record<string, readonly Omit<NativePackage, 'version'>[]>> = {
  'linux x64': [
    {
      name: '@node-llama-cpp/linux-x64-cuda',
      sizeBytes: 142_898_030,
      integrity: '8rQCjyNNLZJUFit+YpjwlC4hwkKgOMIkB2wuycKBf8NU2O3ySKbiWZQ8aw9ku2nUTXjSnUIrE6KB88itduTBuA==',
    },
    {
      name: '@node-llama-cpp/linux-x64-cuda-ext',
      sizeBytes: 176_664_119,
      integrity: '4e5ajkiM2aR2WAdB/N/ACk4weEhHvOAIrzxZPsIX0xDFW5+6hhShuy1/vs88SK9NGdgAco9IyE28eYS0H1efpA==',
    },
  ],
  'win32 x64': [
    { name: '@node-llama-cpp/win-x64-cuda', sizeBytes: null, integrity: null },
    { name: '@node-llama-cpp/win-x64-cuda-ext', sizeBytes: null, integrity: null },
  ],
};

/** Empty where there is no CUDA for the system. */
export function cudaPackages({ platform, arch }: System = process): NativePackage[] {
  return (packages[`${platform} ${arch}`] ?? []).map((entry) => ({ ...entry, version: nodeLlamaCppVersion }));
}
