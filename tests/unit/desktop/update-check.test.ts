import { describe, expect, it, vi } from 'vitest';
import {
  UpdateCheck,
  type Updater,
  type UpdateSituation,
} from '../../../src-main/desktop/updates/update-check.ts';

const config =
  'provider: generic\nurl: https://updates.example.org/llara\nupdaterCacheDirName: llara-updater\n';
const mac: UpdateSituation = { platform: 'darwin', packaged: true, version: '1.0.0', updateConfig: config };

function updater(version: string | null) {
  return {
    checkForUpdates: vi.fn(async () => ({
      isUpdateAvailable: version !== null,
      updateInfo: { version: version ?? '1.0.0' },
    })),
    downloadUpdate: vi.fn(async () => []),
    quitAndInstall: vi.fn(),
  } satisfies Updater;
}

describe('updates', () => {
  it('load nothing and ask nobody before a person does', () => {
    const load = vi.fn();
    new UpdateCheck(mac, load).install();
    expect(load).not.toHaveBeenCalled();
  });

  it('take three requests: look, download, install', async () => {
    const fake = updater('1.1.0');
    const check = new UpdateCheck(mac, async () => fake);
    expect(await check.check()).toEqual({ type: 'available', version: '1.1.0' });
    expect(fake.downloadUpdate).not.toHaveBeenCalled();
    check.install();
    expect(fake.quitAndInstall).not.toHaveBeenCalled();
    expect(await check.download()).toEqual({ type: 'ready', version: '1.1.0' });
    check.install();
    expect(fake.quitAndInstall).toHaveBeenCalledOnce();
  });

  it('say so when there is nothing newer, and download nothing then', async () => {
    const fake = updater(null);
    const check = new UpdateCheck(mac, async () => fake);
    expect(await check.check()).toEqual({ type: 'up-to-date', version: '1.0.0' });
    expect((await check.download()).type).toBe('failed');
    expect(fake.downloadUpdate).not.toHaveBeenCalled();
  });

  it.each([
    ['run from sources', { packaged: false }],
    ['built without an address', { updateConfig: null }],
    ['with a plain http address', { updateConfig: 'url: http://updates.example.org' }],
  ])('are not looked for when %s', async (_when, change) => {
    const load = vi.fn();
    expect((await new UpdateCheck({ ...mac, ...change }, load).check()).type).toBe('not-supported');
    expect(load).not.toHaveBeenCalled();
  });

  it.each([
    ['Linux, where nothing is signed', { platform: 'linux' }, 'not-supported'],
    ['Windows without a publisher', { platform: 'win32' }, 'not-supported'],
    [
      'Windows with a publisher',
      { platform: 'win32', updateConfig: `${config}publisherName:\n  - Someone\n` },
      'ready',
    ],
    ['macOS', {}, 'ready'],
  ])('are installed only where the signature is verified: %s', async (_where, change, outcome) => {
    const fake = updater('1.1.0');
    const check = new UpdateCheck({ ...mac, ...change }, async () => fake);
    await check.check();
    expect((await check.download()).type).toBe(outcome);
    check.install();
    expect(fake.quitAndInstall).toHaveBeenCalledTimes(outcome === 'ready' ? 1 : 0);
  });

  it('report a failure in one line', async () => {
    const fake = updater('1.1.0');
    fake.checkForUpdates.mockRejectedValueOnce(new Error('net::ERR_INTERNET_DISCONNECTED\n at stack'));
    const check = new UpdateCheck(mac, async () => fake);
    expect(await check.check()).toEqual({
      type: 'failed',
      reason: 'The update check did not succeed: net::ERR_INTERNET_DISCONNECTED',
    });
    await check.check();
    fake.downloadUpdate.mockRejectedValueOnce(new Error('sha512 checksum mismatch'));
    expect(await check.download()).toMatchObject({ type: 'failed' });
    check.install();
    expect(fake.quitAndInstall).not.toHaveBeenCalled();
  });
});
