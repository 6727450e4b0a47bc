/**
 * A Flatpak manifest and the description that software centres show. The sandbox lets the app read a person's files and change
 * none, as it does anyhow; the network is there for the two things that a person may ask of it.
 */
import { appIdentity } from '../../src-main/desktop/app-identity.ts';
import { checksumOf, installerNames, type Release } from './release.ts';

const runtimeVersion = '25.08';

export function flatpakManifest(release: Release): string {
  const { debX64, debArm64 } = installerNames(release.version);
  const source = (file: string, architecture: string) => `      - type: file
        url: ${release.baseUrl}/${file}
        sha256: ${checksumOf(release, file)}
        dest-filename: llara.deb
        only-arches: [${architecture}]`;
  return `id: ${appIdentity.appId}
runtime: org.freedesktop.Platform
runtime-version: '${runtimeVersion}'
sdk: org.freedesktop.Sdk
base: org.electronjs.Electron2.BaseApp
base-version: '${runtimeVersion}'
command: llara
finish-args:
  - --share=ipc
  - --share=network
  - --socket=wayland
  - --socket=fallback-x11
  - --device=dri
  - --filesystem=host:ro
  - --talk-name=org.freedesktop.Notifications
  - --talk-name=org.kde.StatusNotifierWatcher
modules:
  - name: llara
    buildsystem: simple
    build-commands:
      - ar x llara.deb
      - tar -xf data.tar.xz
      - mv opt/Llara /app/llara
      - install -Dm755 llara.sh /app/bin/llara
      - install -Dm644 usr/share/applications/llara.desktop /app/share/applications/${appIdentity.appId}.desktop
      - desktop-file-edit --set-key=Exec --set-value='llara %U' --set-icon=${appIdentity.appId} /app/share/applications/${appIdentity.appId}.desktop
      - install -Dm644 usr/share/icons/hicolor/512x512/apps/llara.png /app/share/icons/hicolor/512x512/apps/${appIdentity.appId}.png
      - install -Dm644 ${appIdentity.appId}.metainfo.xml /app/share/metainfo/${appIdentity.appId}.metainfo.xml
    sources:
${source(debX64, 'x86_64')}
${source(debArm64, 'aarch64')}
      - type: file
        path: ${appIdentity.appId}.metainfo.xml
      - type: script
        dest-filename: llara.sh
        commands:
          - exec zypak-wrapper /app/llara/llara "$@"
`;
}

/** AppStream metadata, as freedesktop's specification has it. */
export function appStreamMetadata(release: Release): string {
  const { appId, name } = appIdentity;
  const text = (value: string) =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${appId}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>${name}</name>
  <summary>Search your own documents by meaning</summary>
  <developer id="${appId.split('.').slice(0, 2).join('.')}">
    <name>${text(release.maintainer.replace(/ *<.*/, ''))}</name>
  </developer>
  <description>
    <p>${text(release.description)}</p>
    <p>Reading, indexing, searching and learning happen on your own machine, and the network is needed for none of them.</p>
  </description>
  <launchable type="desktop-id">${appId}.desktop</launchable>
  <url type="homepage">${text(release.homepage)}</url>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="${release.version}" date="${release.date}"/>
  </releases>
</component>
`;
}
