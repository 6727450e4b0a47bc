/** Manifests for the Windows Package Manager, schema 1.10: one of the version, one of the installers, one of the words. */
import { checksumOf, installerNames, type Release } from './release.ts';

const identifier = 'Llara.Llara';
const schema = '1.10.0';

/** File contents by the names that winget's repository of manifests wants. */
export function wingetManifests(release: Release): Record<string, string> {
  const { version, baseUrl, homepage, maintainer, description } = release;
  const { setup } = installerNames(version);
  const head = (type: string) => [
    `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${schema}.schema.json`,
    `PackageIdentifier: ${identifier}`,
    `PackageVersion: ${version}`,
  ];
  const foot = (type: string) => [`ManifestType: ${type}`, `ManifestVersion: ${schema}`, ''];
  const file = (type: string, lines: string[]) => [...head(type), ...lines, ...foot(type)].join('\n');
  return {
    [`${identifier}.yaml`]: file('version', ['DefaultLocale: en-US']),
    [`${identifier}.installer.yaml`]: file('installer', [
      'InstallerType: nullsoft',
      'Scope: user',
      'UpgradeBehavior: install',
      `ReleaseDate: ${release.date}`,
      'Installers:',
      '- Architecture: x64',
      `  InstallerUrl: ${baseUrl}/${setup}`,
      `  InstallerSha256: ${checksumOf(release, setup).toUpperCase()}`,
    ]),
    [`${identifier}.locale.en-US.yaml`]: file('defaultLocale', [
      'PackageLocale: en-US',
      `Publisher: ${JSON.stringify(maintainer.replace(/ *<.*/, ''))}`,
      'PackageName: Llara',
      `PackageUrl: ${homepage}`,
      'License: MIT',
      `ShortDescription: ${JSON.stringify(description)}`,
      'Moniker: llara',
      'Tags:',
      '- documents',
      '- offline',
      '- search',
    ]),
  };
}
