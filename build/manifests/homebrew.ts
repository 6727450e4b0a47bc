/** A cask for Homebrew. LanceDB publishes nothing for Intel Macs, and the cask says so before anything is fetched. */
import { appIdentity } from '../../src-main/desktop/app-identity.ts';
import { checksumOf, installerNames, type Release } from './release.ts';

export function homebrewCask(release: Release): string {
  const { version, baseUrl, homepage } = release;
  const { dmg } = installerNames(version);
  // Homebrew puts the version in again at an update, so the address is written with its place.
  const url = `${baseUrl}/${dmg}`.replaceAll(version, '#{version}');
  return `cask "llara" do
  version "${version}"
  sha256 "${checksumOf(release, dmg)}"

  url "${url}"
  name "${appIdentity.name}"
  desc "Search your own documents by meaning, on your own machine"
  homepage "${homepage}"

  depends_on arch: :arm64
  depends_on macos: ">= :monterey"

  app "${appIdentity.name}.app"

  uninstall quit: "${appIdentity.appId}"

  zap trash: [
    "~/Library/Application Support/llara",
    "~/Library/Preferences/${appIdentity.appId}.plist",
    "~/Library/Saved Application State/${appIdentity.appId}.savedState",
  ]
end
`;
}
