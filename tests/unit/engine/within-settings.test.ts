import { describe, expect, it } from 'vitest';
import { withinSettings } from '../../../src-main/engine/adapting/within-settings.ts';

describe('an adaptation within the settings', () => {
  it.each([
    [{}, { device: 'auto', threads: 0 }, { device: 'auto', threads: undefined }],
    [{}, { device: 'cpu', threads: 2 }, { device: 'cpu', threads: 2 }],
    [{ threads: 8 }, { device: 'auto', threads: 2 }, { device: 'auto', threads: 2 }],
    [
      { threads: 1, device: 'vulkan' },
      { device: 'cpu', threads: 2 },
      { device: 'vulkan', threads: 1 },
    ],
  ])('%j under %j', (request, settings, expected) => {
    expect(withinSettings(request, settings)).toEqual(expected);
  });
});
