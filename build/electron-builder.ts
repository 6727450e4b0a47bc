/**
 * What goes into a package and how it is made, for one system at a time. Native libraries and models lie outside the
 * archive, because llama.cpp maps them from disk; nothing made for another system, and no source of a library, is carried.
 */
import type { Configuration } from 'electron-builder';
import { appIdentity } from '../src-main/desktop/app-identity.ts';
import { checkPackage } from './check-package.ts';
import { checkArtifactSizes } from './package-size.ts';
import { type Lockfile, leftOutPackages, type Target } from './shipped-packages.ts';

export interface PackagingOptions {
  target: Target;
  lock: Lockfile;
  /** Folder of `latest.yml` and the installers on the web, https; null makes a package that cannot update itself. */
  updateUrl: string | null;
  /** Who answers for the package, `Name <address>`, and where it comes from; Debian's format wants both. */
  maintainer?: string;
  homepage?: string;
  /** The compressed manual page, by its absolute path; Debian's package carries it. */
  manualPage?: string;
  /** A local Electron distribution in place of the one that electron-builder fetches. */
  electronDist?: string;
  outputFolder?: string;
}

/** Everything that a running app can do without, wherever it lies in a package. */
const neverInPackage = [
  '!**/*.{map,d.ts,d.mts,d.cts,md,markdown,ts,mts,cts,tsbuildinfo,flow,h,c,cpp,hpp,cmake}',
  '!**/node_modules/**/{test,tests,__tests__,docs,example,examples,benchmark,.github}/**',
  // A package's own folder alone: deeper down, `doc` may be code.
  '!**/node_modules/{*,@*/*}/doc/**',
  // Loaded by `require`, so their other form is never read.
  '!**/node_modules/@orama/{stemmers,stopwords}/dist/*.js',
  // The product detects languages by the smallest of these tables.
  '!**/node_modules/eld/src/ngrams/{small,medium,large}.js',
  '!**/node_modules/koffi/{{lib,vendor}/**,cnoke.cjs,src/koffi/CMakeLists.txt,src/**/*.{cc,hh,inc,def,S,asm}}',
  '!**/node_modules/@lancedb/lancedb/{pnpm-workspace.yaml,license_header.txt}',
  '!**/node_modules/@koromix/*/musl_*/**',
  '!**/node_modules/node-llama-cpp/{templates,bins,llama/{addon,cmake,grammars,patches,profiles,toolchains,xpack}}/**',
  '!**/node_modules/node-llama-cpp/llama/{gitRelease.bundle,CMakeLists.txt,.clang-format}',
  '!**/node_modules/pdfjs-dist/{build,web,types,image_decoders}/**',
  '!**/node_modules/pdfjs-dist/**/*.min.mjs',
  '!**/node_modules/pdfjs-dist/legacy/build/pdf.{sandbox,renderer}.mjs',
  '!**/node_modules/pdfjs-dist/{legacy/web,legacy/image_decoders,webpack.mjs}{,/**}',
  // One build of each for Node: Tesseract's neural network with SIMD, and PDFium with its WebAssembly beside it.
  '!**/node_modules/tesseract.js-core/*.wasm.js',
  '!**/node_modules/tesseract.js-core/tesseract-core{,-simd,-relaxedsimd,-lstm,-relaxedsimd-lstm}.{js,wasm}',
  '!**/node_modules/@hyzyla/pdfium/dist/{index.cjs,index.esm.{base64,browser,cdn,worker}.js,pdfium.wasm.base64*,worker.bundle.js}',
  '!**/node_modules/image-size/{bin,dist/cjs}/**',
  '!**/node_modules/zod/{src,locales}/**',
  '!**/node_modules/apache-arrow/{src,bin,*.es2015*}/**',
];

const nativePackages = ['koffi', '@koromix/*', '@lancedb/*', '@node-llama-cpp/*', '@reflink/*'];

export function electronBuilderConfig(options: PackagingOptions): Configuration {
  const { target, lock, updateUrl } = options;
  return {
    appId: appIdentity.appId,
    productName: appIdentity.name,
    copyright: 'MIT licensed',
    extraMetadata: { homepage: options.homepage ?? 'about:blank' },
    directories: { output: options.outputFolder ?? 'dist', buildResources: 'build/resources' },
    ...(options.electronDist ? { electronDist: options.electronDist } : {}),
    asar: true,
    asarUnpack: nativePackages.map((name) => `**/node_modules/${name}/**`),
    files: [
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'resources/icons/{icon.png,tray-*.png}',
      'package.json',
      ...neverInPackage,
      ...leftOutPackages(lock, target).map((name) => `!**/node_modules/${name}{,/**}`),
    ],
    extraResources: [
      { from: 'resources/models', to: 'models', filter: ['**/*', '!**/*.py'] },
      { from: 'resources/sample-library', to: 'sample-library' },
      { from: 'resources/licences', to: 'licences', filter: ['*.txt', '*.json'] },
    ],
    // Every native part comes as a prebuilt package; nothing is compiled here.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    removePackageScripts: true,
    removePackageKeywords: true,
    compression: 'maximum',
    electronLanguages: ['en-US'],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    protocols: [{ name: appIdentity.name, schemes: [appIdentity.deepLinkScheme] }],
    publish: updateUrl ? [{ provider: 'generic', url: httpsOnly(updateUrl) }] : null,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    afterPack: (context) =>
      checkPackage(context.appOutDir, context.packager.getResourcesDir(context.appOutDir), options),
    afterAllArtifactBuild: ({ artifactPaths }) => {
      checkArtifactSizes(artifactPaths);
      return [];
    },
    mac: {
      icon: 'resources/icons/icon.icns',
      category: 'public.app-category.productivity',
      target: [
        { target: 'dmg', arch: [target.cpu] },
        { target: 'zip', arch: [target.cpu] },
      ],
      hardenedRuntime: true,
      entitlements: 'build/resources/entitlements.mac.plist',
      entitlementsInherit: 'build/resources/entitlements.mac.plist',
      darkModeSupport: true,
      extendInfo: {
        CFBundleDocumentTypes: [
          { CFBundleTypeName: 'Folder', CFBundleTypeRole: 'Viewer', LSItemContentTypes: ['public.folder'] },
        ],
      },
    },
    win: {
      icon: 'resources/icons/icon.ico',
      target: [
        { target: 'nsis', arch: [target.cpu] },
        { target: 'portable', arch: [target.cpu] },
      ],
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
    portable: { artifactName: '${productName}-${version}-${os}-${arch}-portable.${ext}' },
    nsis: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in.
      artifactName: '${productName}-${version}-${os}-${arch}-setup.${ext}',
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
    linux: {
      icon: 'resources/icons/icon.png',
      executableName: 'llara',
      maintainer: options.maintainer ?? 'Unnamed builder <root@localhost>',
      category: 'Office',
      synopsis: 'Search your own documents by meaning',
      target: [
        { target: 'AppImage', arch: [target.cpu] },
        { target: 'deb', arch: [target.cpu] },
        { target: 'rpm', arch: [target.cpu] },
      ],
    },
    deb: {
      compression: 'xz',
      ...(options.manualPage ? { fpm: [`${options.manualPage}=/usr/share/man/man1/llara.1.gz`] } : {}),
    },
    rpm: { compression: 'xz' },
  };
}

function httpsOnly(url: string): string {
  if (!url.startsWith('https://')) throw new Error(`The update address must be https, not ${url}.`);
  return url;
}
