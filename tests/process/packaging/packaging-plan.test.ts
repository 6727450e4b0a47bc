import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingNativeParts, requiredNativePackages } from '../../../build/check-package.ts';
import { electronBuilderConfig } from '../../../build/electron-builder.ts';
import { makeIcons } from '../../../build/icons/icons.ts';
import { allTargets, collectLicences, ggufLicence } from '../../../build/licences.ts';
import { checkArtifactSizes, maxInstallerBytes } from '../../../build/package-size.ts';
import {
  type Lockfile,
  leftOutPackages,
  shippedPackages,
  type Target,
} from '../../../build/shipped-packages.ts';
import { matchGoldenList } from '../../support/match-golden-list.ts';

const root = join(import.meta.dirname, '../../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
const work = mkdtempSync(join(tmpdir(), 'llara-plan-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const targets: [string, Target][] = allTargets.map((target) => [`${target.os} ${target.cpu}`, target]);
const linux: Target = { os: 'linux', cpu: 'x64' };

describe.each(targets)('the configuration for %s', (_name, target) => {
  it("passes electron-builder's own schema", async () => {
    const requireFromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
    const { validateConfiguration } = requireFromBuilder('app-builder-lib/out/util/config/config.js');
    const { DebugLogger } = requireFromBuilder('builder-util');
    const config = electronBuilderConfig({ target, lock, updateUrl: 'https://updates.example.org/llara' });
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
    await expect(
      validateConfiguration({ ...config, mac: { hardendRuntime: true } }, new DebugLogger(false)),
    ).rejects.toThrow('configuration.mac should be');
  });

  it('installs as the system expects', () => {
    const config = electronBuilderConfig({ target, lock, updateUrl: null });
    const section = { linux: config.linux!, darwin: config.mac!, win32: config.win! }[target.os];
    const installers = (section.target as { target: string; arch: string[] }[]).map((each) => each.target);
    const expected = {
      linux: ['AppImage', 'deb', 'rpm'],
      darwin: ['dmg', 'zip'],
      win32: ['nsis', 'portable'],
    }[target.os];
    expect(installers).toEqual(expected);
    expect(config.publish).toBeNull();
  });

  it('gives every installer a name of its own', () => {
    const config = electronBuilderConfig({ target, lock, updateUrl: null });
    const section = { linux: config.linux!, darwin: config.mac!, win32: config.win! }[target.os];
    const names = (section.target as { target: string }[]).map(({ target: kind }) => {
      const own = (config as unknown as Record<string, { artifactName?: string }>)[kind]?.artifactName;
      const extension = kind === 'nsis' || kind === 'portable' ? 'exe' : kind;
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
      return (own ?? config.artifactName!).replace('${ext}', extension);
    });
    expect(new Set(names).size).toBe(names.length);
  });
});

it('names the desktop entry that packages for Linux install, so that windows, notices and the shortcut belong to it', () => {
  const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    desktopName: string;
  };
  const { executableName } = electronBuilderConfig({ target: linux, lock, updateUrl: null }).linux!;
  expect(desktopName).toBe(`${executableName}.desktop`);
});

describe('native packages', () => {
  it.each([
    [
      linux,
      [
        '@koromix/koffi-linux-x64',
        '@lancedb/lancedb-linux-x64-gnu',
        '@node-llama-cpp/linux-x64',
        '@node-llama-cpp/linux-x64-vulkan',
      ],
    ],
    [
      { os: 'linux', cpu: 'arm64' },
      ['@koromix/koffi-linux-arm64', '@lancedb/lancedb-linux-arm64-gnu', '@node-llama-cpp/linux-arm64'],
    ],
    [
      { os: 'darwin', cpu: 'arm64' },
      ['@koromix/koffi-darwin-arm64', '@lancedb/lancedb-darwin-arm64', '@node-llama-cpp/mac-arm64-metal'],
    ],
    [
      { os: 'win32', cpu: 'x64' },
      [
        '@koromix/koffi-win32-x64',
        '@lancedb/lancedb-win32-x64-msvc',
        '@node-llama-cpp/win-x64',
        '@node-llama-cpp/win-x64-vulkan',
      ],
    ],
  ] as [Target, string[]][])('are those of the target alone, without CUDA: %j', (target, expected) => {
    expect(requiredNativePackages(lock, target)).toEqual(expected);
    const left = leftOutPackages(lock, target);
    expect(left).toContain('@node-llama-cpp/linux-x64-cuda');
    expect(left).toContain('onnxruntime-node');
    for (const name of expected) expect(left).not.toContain(name);
  });

  it('are missing for Intel Macs, where LanceDB publishes none, and that is said', () => {
    expect(() => requiredNativePackages(lock, { os: 'darwin', cpu: 'x64' })).toThrow(
      'No package @lancedb/lancedb-* is published for darwin x64',
    );
  });

  it('fail the packaging where they are not in the package', () => {
    const resources = join(work, 'resources');
    const installed = [
      '@koromix/koffi-linux-x64',
      '@lancedb/lancedb-linux-x64-gnu',
      '@node-llama-cpp/linux-x64',
    ];
    for (const name of installed) {
      const folder = join(resources, 'app.asar.unpacked/node_modules', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name.startsWith('@lancedb') ? 'readme.txt' : 'library.so'), '');
    }
    expect(missingNativeParts(resources, { target: linux, lock })).toEqual([
      '@lancedb/lancedb-linux-x64-gnu',
      '@node-llama-cpp/linux-x64-vulkan',
    ]);
  });
});

describe("electron-builder's own file filter, given the patterns for each system", () => {
  const kept = [
    '@lancedb/lancedb/dist/index.js',
    'koffi/src/koffi/index.js',
    'node-llama-cpp/dist/index.js',
    'node-llama-cpp/llama/binariesGithubRelease.json',
    'pdfjs-dist/legacy/build/pdf.mjs',
    'pdfjs-dist/legacy/build/pdf.worker.mjs',
    'pdfjs-dist/cmaps/UniJIS-UCS2-H.bcmap',
    'tesseract.js-core/tesseract-core-simd-lstm.js',
    'tesseract.js-core/tesseract-core-simd-lstm.wasm',
    '@hyzyla/pdfium/dist/index.esm.js',
    '@hyzyla/pdfium/dist/pdfium.wasm',
    'image-size/dist/esm/index.js',
    'zod/index.js',
  ];
  const dropped = [
    '@huggingface/transformers/dist/transformers.js',
    'onnxruntime-node/bin/napi-v3/linux/x64/onnxruntime_binding.node',
    'openai/index.js',
    '@napi-rs/canvas/index.js',
    'node-llama-cpp/llama/gitRelease.bundle',
    'koffi/src/koffi/src/call.cc',
    'pdfjs-dist/build/pdf.mjs',
    'apache-arrow/Arrow.dom.js.map',
    'image-size/dist/cjs/index.js',
    'tesseract.js-core/tesseract-core-lstm.wasm',
    'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js',
    'tesseract.js-core/tesseract-core-simd-lstm.wasm.js',
    '@hyzyla/pdfium/dist/pdfium.wasm.base64-B4io7kt4.js',
  ];
  const natives: Record<string, string[]> = {
    'linux x64': [
      '@koromix/koffi-linux-x64/linux_x64/koffi.node',
      '@lancedb/lancedb-linux-x64-gnu/lancedb.linux-x64-gnu.node',
      '@node-llama-cpp/linux-x64/bins/linux-x64/libllama.v0.5.0.so',
      '@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libggml-vulkan.so',
    ],
    'linux arm64': [
      '@koromix/koffi-linux-arm64/linux_arm64/koffi.node',
      '@lancedb/lancedb-linux-arm64-gnu/lancedb.linux-arm64-gnu.node',
      '@node-llama-cpp/linux-arm64/bins/linux-arm64/libllama.v0.5.0.so',
    ],
    'darwin arm64': [
      '@koromix/koffi-darwin-arm64/darwin_arm64/koffi.node',
      '@lancedb/lancedb-darwin-arm64/lancedb.darwin-arm64.node',
      '@node-llama-cpp/mac-arm64-metal/bins/mac-arm64-metal/libggml-metal.dylib',
    ],
    'win32 x64': [
      '@koromix/koffi-win32-x64/win32_x64/koffi.node',
      '@lancedb/lancedb-win32-x64-msvc/lancedb.win32-x64-msvc.node',
      '@node-llama-cpp/win-x64/bins/win-x64/ggml-cpu-haswell.dll',
      '@node-llama-cpp/win-x64-vulkan/bins/win-x64-vulkan/ggml-vulkan.dll',
    ],
  };
  const never = [
    '@node-llama-cpp/linux-x64-cuda/bins/linux-x64-cuda/libggml-cuda.so',
    '@node-llama-cpp/win-x64-cuda/bins/win-x64-cuda/ggml-cuda.dll',
    '@node-llama-cpp/linux-armv7l/bins/linux-armv7l/libllama.so',
  ];

  it.each(targets)('keeps what %s needs and drops the rest', (name, target) => {
    const requireFromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
    const { getNodeModuleFileMatcher } = requireFromBuilder('app-builder-lib/out/fileMatcher.js');
    const config = electronBuilderConfig({ target, lock, updateUrl: null });
    const packager = { config, debugLogger: { isEnabled: false } };
    const matcher = getNodeModuleFileMatcher('/app', '/to', (text: string) => text, {}, packager);
    const filter = matcher.createFilter() as (path: string, stat: object) => boolean;
    const passes = (path: string) => filter(`/app/node_modules/${path}`, { isDirectory: () => false });

    const own = natives[name]!;
    const foreign = Object.values(natives)
      .flat()
      .filter((path) => !own.includes(path));
    expect([...kept, ...own].filter((path) => !passes(path))).toEqual([]);
    expect([...dropped, ...foreign, ...never].filter(passes)).toEqual([]);
  });
});

describe('licences', () => {
  it('are found for every production package of every target', () => {
    const entries = collectLicences({ root, lock, targets: allTargets, bundled: ['svelte', 'uplot'] });
    const names = new Set(entries.map(({ name }) => name));
    const shipped = allTargets.flatMap((target) => shippedPackages(lock, target));
    expect(shipped.length).toBeGreaterThan(300);
    for (const { name } of shipped) expect(names).toContain(name);
    for (const name of ['svelte', 'uplot', 'llama.cpp and ggml']) expect(names).toContain(name);
    for (const { name, text, licence } of entries) {
      expect(text.length, name).toBeGreaterThan(200);
      expect(licence, name).not.toMatch(/(^|[^L])GPL|UNLICENSED|SEE LICENSE/);
    }
  });

  it('of a model are read from the model itself', () => {
    const text = (value: string) => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(value.length));
      return Buffer.concat([length, Buffer.from(value)]);
    };
    const type = Buffer.from([8, 0, 0, 0]);
    const path = join(work, 'model.gguf');
    writeFileSync(
      path,
      Buffer.concat([Buffer.from('GGUF'), text('general.license'), type, text('Apache-2.0'), text('x')]),
    );
    expect(ggufLicence(path)).toBe('Apache-2.0');
    writeFileSync(path, Buffer.from('GGUF without'));
    expect(ggufLicence(path)).toBeNull();
  });

  it('stop the packaging where a package names none', () => {
    const broken: Lockfile = {
      packages: {
        '': { dependencies: { mystery: '1.0.0' } },
        'node_modules/mystery': { version: '1.0.0' },
      },
    };
    expect(() => collectLicences({ root, lock: broken, targets: [linux], bundled: [] })).toThrow(
      'mystery 1.0.0 names no licence',
    );
  });
});

describe('sizes, addresses and icons', () => {
  it('lets no installer over the budget pass', () => {
    const paths = ['Llara.AppImage', 'Llara.deb', 'Llara.blockmap'].map((name) => join(work, name));
    for (const path of paths) writeFileSync(path, '');
    truncateSync(paths[0]!, maxInstallerBytes['.AppImage']!);
    truncateSync(paths[2]!, 900_000_000);
    expect(() => checkArtifactSizes(paths)).not.toThrow();
    truncateSync(paths[1]!, maxInstallerBytes['.deb']! + 1);
    expect(() => checkArtifactSizes(paths)).toThrow('Llara.deb has 190.0 of 190 MB');
  });

  it('has a budget for every kind of installer that is made', () => {
    const kinds = allTargets.flatMap((target) => {
      const config = electronBuilderConfig({ target, lock, updateUrl: null });
      const section = { linux: config.linux!, darwin: config.mac!, win32: config.win! }[target.os];
      return (section.target as { target: string }[]).map(({ target: kind }) => kind);
    });
    const extensions = kinds.map((kind) => (kind === 'nsis' || kind === 'portable' ? '.exe' : `.${kind}`));
    expect(extensions.filter((extension) => !(extension in maxInstallerBytes))).toEqual([]);
  });

  it('takes an update address over https alone', () => {
    const config = (updateUrl: string) => electronBuilderConfig({ target: linux, lock, updateUrl });
    expect(config('https://updates.example.org').publish).toEqual([
      { provider: 'generic', url: 'https://updates.example.org' },
    ]);
    expect(() => config('http://updates.example.org')).toThrow('must be https');
  });

  it('has the committed icons made by the committed script', () => {
    const folder = join(work, 'icons');
    makeIcons(root, folder);
    const made = readdirSync(folder).sort();
    expect(made).toEqual(readdirSync(join(root, 'resources/icons')).sort());
    for (const name of made) {
      const same = readFileSync(join(folder, name)).equals(readFileSync(join(root, 'resources/icons', name)));
      expect(same, `${name}: run \`npm run icons\``).toBe(true);
    }
    expect(readFileSync(join(folder, 'icon.icns')).readUInt32BE(4)).toBe(
      readFileSync(join(folder, 'icon.icns')).length,
    );
    expect(readFileSync(join(folder, 'icon.ico')).readUInt16LE(4)).toBe(7);
  });

  it('compares lists as the tree test needs it', () => {
    const golden = '# note\na/*.js\nb/**\nc.txt ?\nd.txt\n';
    expect(matchGoldenList(['a/x.js', 'b/c/d', 'd.txt'], golden)).toEqual({ unexpected: [], missing: [] });
    expect(matchGoldenList(['a/x/y.js', 'b/c'], golden)).toEqual({
      unexpected: ['a/x/y.js'],
      missing: ['a/*.js', 'd.txt'],
    });
  });
});
