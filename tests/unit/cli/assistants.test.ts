/** Configurations of assistant programs: each entry in the shape that its maker documents, and nothing else of the file changed. */

import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  type AssistantName,
  assistantNames,
  assistantProgram,
} from '../../../src-main/cli/assistants/assistant-programs.ts';
import { editConfiguration, entryAlone } from '../../../src-main/cli/assistants/edit-configuration.ts';

const start = { command: '/opt/node', args: ['/opt/llara/llara.js', 'mcp'], env: {} };
const withHome = { ...start, env: { LLARA_HOME: '/data' } };

/** As the documentation of each program shows an entry for a server that is started by a command. */
const documented: Record<AssistantName, unknown> = {
  'claude-code': { mcpServers: { llara: { type: 'stdio', command: start.command, args: start.args } } },
  'claude-desktop': { mcpServers: { llara: { command: start.command, args: start.args } } },
  cursor: { mcpServers: { llara: { type: 'stdio', command: start.command, args: start.args } } },
  vscode: { servers: { llara: { type: 'stdio', command: start.command, args: start.args } } },
  zed: { context_servers: { llara: { command: start.command, args: start.args, env: {} } } },
  codex: { mcp_servers: { llara: { command: start.command, args: start.args } } },
  'lm-studio': { mcpServers: { llara: { command: start.command, args: start.args } } },
  goose: {
    extensions: {
      llara: {
        name: 'llara',
        type: 'stdio',
        enabled: true,
        cmd: start.command,
        args: start.args,
        envs: {},
        timeout: 300,
      },
    },
  },
};

const existing = {
  json: (section: string) => `// my own settings
{
    "theme": "dark", // at night
    /* the servers */
    "${section}": {
        "other": { "command": "a", "args": ["b",  "c"] },
    },
    "last": [1, 2, 3],
}
`,
  toml: (section: string) => `# my own settings
model = "x" # at night

[${section}.other] # the servers
command = "a"
args = ["b",  "c"]

[profiles.night]
last = [1,2,3] # end
`,
  yaml: (section: string) => `# my own settings
theme: dark # at night
${section}:
  # the servers
  other:
    cmd: "a"
    args: [b, c]
last:
  - 1 # end
`,
};

const readers = {
  json: (text: string) => JSON.parse(text),
  toml: (text: string) => structuredClone(JSON.parse(JSON.stringify(parseToml(text)))),
  yaml: (text: string) => parseYaml(text),
};

describe.each(assistantNames)('%s', (client) => {
  const program = assistantProgram(client);
  const { notation, section } = program;
  const edit = { notation, section, name: 'llara', path: 'FILE' };
  const entry = program.entry(start);

  test('the entry has the documented shape', () => {
    const text = editConfiguration('', { ...edit, entry });
    expect(readers[notation](text)).toEqual(documented[client]);
    expect(entryAlone({ ...edit, entry })).toBe(text);
    const moved = JSON.stringify(
      readers[notation](editConfiguration('', { ...edit, entry: program.entry(withHome) })),
    );
    expect(moved).toContain('{"LLARA_HOME":"/data"}');
  });

  test('everything else stays as it is written, and taking the entry out undoes it', () => {
    const before = existing[notation](section);
    const after = editConfiguration(before, { ...edit, entry });
    // Each line of before is still there; JSON may need a comma, or lose one at the end of a list.
    const linesOf = (text: string) => text.split('\n').map((line) => line.replace(/,\s*$/, ''));
    const kept = linesOf(after);
    expect(linesOf(before).filter((line) => !kept.includes(line))).toEqual([]);
    expect(after).toContain('/opt/llara/llara.js');
    expect(editConfiguration(after, { ...edit, entry })).toBe(after);
    const changed = editConfiguration(after, { ...edit, entry: program.entry(withHome) });
    expect(changed).toContain('/data');
    expect(linesOf(before).filter((line) => !linesOf(changed).includes(line))).toEqual([]);
    const undone = editConfiguration(changed, { ...edit, entry: null });
    expect(linesOf(undone)).toEqual(linesOf(before));
    expect(editConfiguration(before, { ...edit, entry: null })).toBe(before);
  });

  test('what cannot be read, or holds something else, is left alone', () => {
    for (const damaged of [
      '{ "a": [',
      'a = [\n]]',
      'a: b: c',
      `${section}: 5`,
      `${section} = 5`,
      `{"${section}": 5}`,
    ]) {
      expect(() => editConfiguration(damaged, { ...edit, entry })).toThrow(/FILE .*left as it is.*--print/);
    }
  });

  test.each(['linux', 'darwin', 'win32'] as const)('its file on %s is below the home', (platform) => {
    const path = program.file({ platform, home: '/home/ada', environment: {} });
    expect(path.startsWith('/home/ada/')).toBe(true);
  });
});

test('the places that variables move', () => {
  const place = (environment: Record<string, string>) => ({
    platform: 'linux' as const,
    home: '/home/ada',
    environment,
  });
  expect(assistantProgram('codex').file(place({ CODEX_HOME: '/c' }))).toBe('/c/config.toml');
  expect(assistantProgram('vscode').file(place({ XDG_CONFIG_HOME: '/x' }))).toBe('/x/Code/User/mcp.json');
  expect(assistantProgram('claude-code').file(place({}))).toBe('/home/ada/.claude.json');
  expect(assistantProgram('goose').file(place({}))).toBe('/home/ada/.config/goose/config.yaml');
});

test('an inline table of TOML, Windows line ends and a byte order mark are kept', () => {
  const entry = { command: 'node', args: [] };
  const inline = 'mcp_servers = { other = { command = "a" } }\n';
  const edited = editConfiguration(inline, {
    notation: 'toml',
    section: 'mcp_servers',
    name: 'llara',
    entry,
    path: 'F',
  });
  expect(readers.toml(edited)).toEqual({ mcp_servers: { other: { command: 'a' }, llara: entry } });
  const windows = '\uFEFF{\r\n\t"a": 1\r\n}\r\n';
  const json = editConfiguration(windows, {
    notation: 'json',
    section: 's',
    name: 'llara',
    entry,
    path: 'F',
  });
  expect(json.startsWith('\uFEFF{\r\n\t"a": 1,\r\n\t"s": {\r\n\t\t"llara"')).toBe(true);
  expect(json.replaceAll('\r\n', '')).not.toContain('\n');
});
