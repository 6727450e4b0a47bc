/** Completion as the shells do it: each is started, reads what `llara completion` printed for it, and is asked for candidates. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLlara } from '../../support/run-llara.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'llara-shells-'));
const home = join(work, 'home');
const environment = {
  ...process.env,
  LLARA_HOME: home,
  PATH: [work, process.env.PATH].join(delimiter),
};

beforeAll(() => {
  for (const name of ['default', 'case-files', 'letters'])
    mkdirSync(join(home, 'libraries', name), { recursive: true });
  mkdirSync(join(home, 'models/abc'), { recursive: true });
  writeFileSync(join(home, 'models/abc/my-encoder.gguf'), '');
  writeFileSync(join(work, 'letter.txt'), '');
  // What `llara` is for these shells.
  const program = join(work, 'llara');
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' '${repository}/src-main/cli/llara.js' "$@"\n`,
  );
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** For each shell: how it is asked what may follow the words, of which the last is being typed, by the script in `work`. Prints one candidate a line. */
const askers: Record<string, (words: string[]) => [program: string, argumentList: string[]]> = {
  bash: (words) => [
    'bash',
    [
      '--norc',
      '-c',
      `source script; COMP_WORDS=(llara "$@"); COMP_CWORD=$#; _llara; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ],
  ],
  zsh: (words) => [
    'zsh',
    [
      '-fc',
      `autoload -U compinit; compinit -u; source ./script; _describe() { print -l -- "\${(@)\${(P@)2}%%:*}" }; _files() { print -l -- \${words[CURRENT]}*(N) }; words=(llara "$@"); CURRENT=$(( $# + 1 )); _llara; true`,
      'zsh',
      ...words,
    ],
  ],
  fish: (words) => [
    'fish',
    [
      '--no-config',
      '-c',
      `source script; complete -C "llara ${words.join(' ')}" | string replace -r '\\t.*' ''; true`,
    ],
  ],
  pwsh: (words) => [
    'pwsh',
    [
      '-NoProfile',
      '-Command',
      `Get-Content script -Raw | Invoke-Expression; $line = 'llara ${words.join(' ')}'; (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText`,
    ],
  ],
};

const cases: [words: string[], expected: string[]][] = [
  [['mod'], ['models']],
  [['models', 'u'], ['use']],
  [['models', 'use', 'my'], ['my-encoder']],
  [['search', '--library', 'case'], ['case-files']],
  [['search', '-l', 'l'], ['letters']],
  [['search', '--format', 'n'], ['ndjson']],
  [['search', '--ex'], ['--explain']],
  [['mcp', 'install', 'zed'], ['zed']],
  [['completion', 'b'], ['bash']],
  [['read', 'let'], ['letter.txt']],
];

describe.each(Object.keys(askers))('%s', (shell) => {
  const isMissing = spawnSync(shell, ['--version']).status !== 0;
  if (isMissing) console.warn(`SKIPPED: completion in ${shell}. It is not installed here.`);

  beforeAll(async () => {
    if (isMissing) return;
    const { output } = await runLlara(['completion', shell === 'pwsh' ? 'powershell' : shell], { home });
    writeFileSync(join(work, 'script'), output);
  });

  test.skipIf(isMissing).each(cases)('%j', (words, expected) => {
    const [program, argumentList] = askers[shell]!(words);
    const output = execFileSync(program, argumentList, { cwd: work, env: environment, encoding: 'utf8' });
    expect(
      output
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ).toEqual(expected);
  });
});

test('a shell that there is no completion for is named with those that there are', async () => {
  const { code, messages } = await runLlara(['completion', 'tcsh'], { home });
  expect(code).toBe(2);
  expect(messages).toMatch(/bash, zsh, fish, powershell/);
});

describe('the manual page', () => {
  const hasMan = spawnSync('man', ['--version']).status === 0;
  if (!hasMan) console.warn('SKIPPED: the manual page is not laid out. There is no man here.');

  test.skipIf(!hasMan)('is laid out by man without a warning', async () => {
    const { output } = await runLlara(['man'], { home });
    const laidOut = spawnSync('man', ['--warnings', '-l', '-'], {
      input: output,
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' },
    });
    expect(laidOut.stderr).toBe('');
    for (const text of [
      'llara search <query...>',
      '-n, --limit <documents>',
      'llara mcp install <client>',
      'LLARA_HOME',
      '130',
    ])
      expect(laidOut.stdout).toContain(text);
    expect(laidOut.stdout).not.toContain('llara complete ');
  });
});
