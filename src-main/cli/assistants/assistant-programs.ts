/**
 * The assistant programs that can be given Llara, in one table: where each keeps its configuration, in which notation, and what
 * an entry looks like there, as its maker documents it.
 */
import { join } from 'node:path';

/** How Llara is started. */
export type StartCommand = { command: string; args: string[]; env: Record<string, string> };

export type AssistantProgram = {
  title: string;
  /** What documents the place and the shape. */
  source: string;
  notation: 'json' | 'toml' | 'yaml';
  file(place: UserPlace): string;
  /** The key below which entries stand by name. */
  section: string;
  entry(start: StartCommand): Record<string, unknown>;
};

/** Of whom the configuration is, and on which system. */
export type UserPlace = {
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
};

const plain = ({ command, args, env }: StartCommand) => ({
  command,
  args,
  ...(Object.keys(env).length > 0 ? { env } : {}),
});
const stdio = (start: StartCommand) => ({ type: 'stdio', ...plain(start) });

/** Where programs of the system keep what they are set to. */
const configurationFolder = ({ platform, home, environment }: UserPlace) => {
  if (platform === 'win32') return environment.APPDATA || join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME || join(home, '.config');
};
/** Where programs that come from Unix keep it, on macOS too. */
const unixFolder = (place: UserPlace) =>
  place.platform === 'win32'
    ? configurationFolder(place)
    : place.environment.XDG_CONFIG_HOME || join(place.home, '.config');

const programs = {
  'claude-code': {
    title: 'Claude Code',
    source: 'https://code.claude.com/docs/en/mcp',
    notation: 'json',
    file: ({ home, environment }) =>
      environment.CLAUDE_CONFIG_DIR
        ? join(environment.CLAUDE_CONFIG_DIR, '.claude.json')
        : join(home, '.claude.json'),
    section: 'mcpServers',
    entry: stdio,
  },
  'claude-desktop': {
    title: 'Claude Desktop',
    source: 'https://modelcontextprotocol.io/docs/develop/connect-local-servers',
    notation: 'json',
    file: (place) => join(configurationFolder(place), 'Claude', 'claude_desktop_config.json'),
    section: 'mcpServers',
    entry: plain,
  },
  cursor: {
    title: 'Cursor',
    source: 'https://cursor.com/docs/context/mcp',
    notation: 'json',
    file: ({ home }) => join(home, '.cursor', 'mcp.json'),
    section: 'mcpServers',
    entry: stdio,
  },
  vscode: {
    title: 'VS Code',
    source: 'https://code.visualstudio.com/docs/copilot/reference/mcp-configuration',
    notation: 'json',
    file: (place) => join(configurationFolder(place), 'Code', 'User', 'mcp.json'),
    section: 'servers',
    entry: stdio,
  },
  zed: {
    title: 'Zed',
    source: 'https://zed.dev/docs/ai/mcp',
    notation: 'json',
    file: (place) => join(unixFolder(place), place.platform === 'win32' ? 'Zed' : 'zed', 'settings.json'),
    section: 'context_servers',
    entry: ({ command, args, env }) => ({ command, args, env }),
  },
  codex: {
    title: 'Codex',
    source: 'https://developers.openai.com/codex/mcp',
    notation: 'toml',
    file: ({ home, environment }) => join(environment.CODEX_HOME || join(home, '.codex'), 'config.toml'),
    section: 'mcp_servers',
    entry: plain,
  },
  'lm-studio': {
    title: 'LM Studio',
    source: 'https://lmstudio.ai/docs/app/mcp',
    notation: 'json',
    file: ({ home }) => join(home, '.lmstudio', 'mcp.json'),
    section: 'mcpServers',
    entry: plain,
  },
  goose: {
    title: 'Goose',
    source: 'https://block.github.io/goose/docs/guides/config-files',
    notation: 'yaml',
    file: (place) =>
      place.platform === 'win32'
        ? join(configurationFolder(place), 'Block', 'goose', 'config', 'config.yaml')
        : join(unixFolder(place), 'goose', 'config.yaml'),
    section: 'extensions',
    entry: ({ command, args, env }) => ({
      name: 'llara',
      type: 'stdio',
      enabled: true,
      cmd: command,
      args,
      envs: env,
      timeout: 300,
    }),
  },
} as const satisfies Record<string, AssistantProgram>;

export type AssistantName = keyof typeof programs;

export const assistantNames = Object.keys(programs) as AssistantName[];

export const assistantProgram = (name: AssistantName): AssistantProgram => programs[name];
