/** A PKGBUILD for the Arch User Repository. It unpacks the Debian package and does what that one's install script does. */
import { checksumOf, installerNames, type Release } from './release.ts';

export function aurPackage(release: Release): string {
  const { version, baseUrl, homepage, maintainer, description } = release;
  const { debX64, debArm64 } = installerNames(version);
  // A dash would part the version from the package's own release number.
  const packageVersion = version.replaceAll('-', '_');
  return `# Maintainer: ${maintainer}
pkgname=llara-bin
pkgver=${packageVersion}
pkgrel=1
pkgdesc='${description.replaceAll("'", "'\\''")}'
arch=('x86_64' 'aarch64')
url='${homepage}'
license=('MIT')
depends=('gtk3' 'nss' 'alsa-lib' 'libxss' 'libxtst' 'xdg-utils')
optdepends=('vulkan-icd-loader: compute on the graphics card')
provides=('llara')
conflicts=('llara')
options=('!strip' '!debug')
source_x86_64=('${baseUrl}/${debX64}')
source_aarch64=('${baseUrl}/${debArm64}')
sha256sums_x86_64=('${checksumOf(release, debX64)}')
sha256sums_aarch64=('${checksumOf(release, debArm64)}')

package() {
  bsdtar -xf data.tar.xz -C "$pkgdir"
  install -d "$pkgdir/usr/bin"
  ln -s /opt/Llara/llara "$pkgdir/usr/bin/llara"
  # Where user namespaces are switched off, Chromium's sandbox needs its helper to be root's.
  chmod 4755 "$pkgdir/opt/Llara/chrome-sandbox"
}
`;
}
