/**
 * Checks a person's key combination before the system is asked for it. Electron passes over a modifier it does not know and
 * registers what is left, so that `nonsense+q` would take the plain Q from every program.
 */

const modifiers = new Set(
  'command cmd control ctrl commandorcontrol cmdorctrl alt option super meta'.split(' '),
);
/** Held down with a letter these two type a character, so by themselves they take that character away. */
const typingModifiers = new Set(['shift', 'altgr']);

const namedKeys = new Set(
  [
    'plus space tab capslock numlock scrolllock backspace delete insert return enter up down left right home end',
    'pageup pagedown escape esc volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop',
    'mediaplaypause printscreen numdec numadd numsub nummult numdiv',
  ]
    .join(' ')
    .split(' '),
);

/** Null for a combination that may be asked for; else a sentence that says what is wrong with it. */
export function acceleratorProblem(accelerator: string): string | null {
  const names = accelerator.split('+').map((name) => name.trim());
  const key = names.at(-1)!;
  const held = names.slice(0, -1).map((name) => name.toLowerCase());
  if (names.includes('')) {
    return `“${accelerator}” is not a key combination: write the keys with + between them, and the key + as Plus.`;
  }
  const unknown = held.findIndex((name) => !modifiers.has(name) && !typingModifiers.has(name));
  if (unknown >= 0) {
    return `“${accelerator}” is not a key combination: “${names[unknown]}” is none of Ctrl, Alt, Shift, Super, Command or Option.`;
  }
  if (!isKey(key)) {
    return `“${accelerator}” is not a key combination: it has to end with one key, such as K, Space or F9, and “${key}” is none.`;
  }
  if (isFunctionKey(key) || held.some((name) => modifiers.has(name))) return null;
  return `“${accelerator}” would take this key from every program. Add Ctrl, Alt, Super or Command to it.`;
}

function isKey(name: string): boolean {
  return (
    /^[!-~]$/.test(name) || /^num\d$/i.test(name) || isFunctionKey(name) || namedKeys.has(name.toLowerCase())
  );
}

function isFunctionKey(name: string): boolean {
  return /^F([1-9]|1\d|2[0-4])$/i.test(name);
}
