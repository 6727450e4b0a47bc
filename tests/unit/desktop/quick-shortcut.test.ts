/** The shortcut for the whole system: what is mistyped takes no key from anybody, and the person is told why. */
import { describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../../src-main/contract/settings.ts';
import { acceleratorProblem } from '../../../src-main/desktop/windows/accelerator-problem.ts';
import { QuickShortcut } from '../../../src-main/desktop/windows/quick-shortcut.ts';

describe('a key combination', () => {
  it.each([
    settingsSchema.parse({}).quickSearchShortcut,
    'Ctrl+K',
    'ctrl + shift + k',
    'Alt+Space',
    'Super+Plus',
    'Option+.',
    'CmdOrCtrl+num7',
    'F9',
    'Shift+F12',
  ])('%s may be asked for', (keys) => expect(acceleratorProblem(keys)).toBeNull());

  it.each([
    ['nonsense+q', '“nonsense” is none of Ctrl'],
    ['q', 'take this key from every program'],
    ['Shift+Q', 'take this key from every program'],
    ['AltGr+Q', 'take this key from every program'],
    ['Space', 'take this key from every program'],
    ['VolumeUp', 'take this key from every program'],
    ['Ctrl', 'end with one key'],
    ['Ctrl+Alt', 'end with one key'],
    ['Ctrl+qq', 'end with one key'],
    ['Ctrl+F25', 'end with one key'],
    ['Ctrl+q+w', '“q” is none of Ctrl'],
    ['Ctrl++', 'the key + as Plus'],
    ['+', 'the key + as Plus'],
  ])('%s is refused, and the reason is told', (keys, reason) =>
    expect(acceleratorProblem(keys)).toContain(reason),
  );

  it('that is refused never reaches the system, and gives up the former one', () => {
    const register = vi.fn(() => true);
    const unregister = vi.fn();
    const shortcut = new QuickShortcut({ register, unregister }, () => {});
    shortcut.use('Alt+K');
    expect(shortcut.use('nonsense+q')).toMatchObject({
      type: 'unavailable',
      reason: expect.stringContaining('nonsense'),
    });
    expect(register.mock.calls).toEqual([['Alt+K', expect.any(Function)]]);
    expect(unregister).toHaveBeenCalledWith('Alt+K');
    expect(shortcut.use(' Ctrl + K')).toEqual({ type: 'active', accelerator: 'Ctrl+K' });
  });
});
