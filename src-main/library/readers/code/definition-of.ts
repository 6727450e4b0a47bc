/**
 * Recognises the line on which a function, class or the like begins. A parser for every language would weigh more than all other readers
 * together; a line that is missed or taken in error only moves the border of a passage.
 */
import type { ProgramLanguage } from './program-languages.ts';

const modifiers =
  '(?:(?:export|default|declare|public|private|protected|internal|static|final|abstract|sealed|open|override|virtual|inline|async|unsafe|const|extern|pub(?:\\([^)]*\\))?|partial|data|local|suspend|defp?|readonly|get|set|mutating|func(?=\\s+\\())\\s+)*';

/** Languages that say what follows: `function f`, `class C`, `def m`, `fn`, `func (r T) m`. */
const announced = new RegExp(
  `^\\s*${modifiers}(?:function\\*?|func(?:\\s+\\([^)]*\\))?|fun|fn|def|defp|defmodule|defmacro|sub|class|interface|struct|enum|union|trait|impl(?:<[^>]*>)?|protocol|extension|namespace|module|mod|object|record|type|message|service|rpc|proc|macro_rules!|resource\\s+"[^"]*")\\s+(?:self\\.|[A-Z]\\w*\\.|"|\`)?(?<name>[\\p{L}_$][\\p{L}\\p{N}_$.:-]*[?!]?)`,
  'u',
);
const keywords =
  /^(?:if|else|for|foreach|while|switch|catch|return|throw|new|do|case|when|using|lock|typeof|sizeof|await|yield|delete|super|extends|implements|from|in|of)$/;

const patterns: Record<ProgramLanguage['family'], RegExp[]> = {
  script: [
    announced,
    /^\s*(?:export\s+)?(?:const|let|var)\s+(?<name>[\p{L}_$][\w$]*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>)/u,
    /^\s{2,}(?:(?:public|private|protected|static|async|get|set|override|readonly)\s+|\*\s*)*(?<name>#?[\p{L}_$][\w$]*)\s*(?:<[^>()]*>)?\([^;]*\{\s*$/u,
  ],
  typed: [announced, /^\s*(?<name>[\w.]+)\s*(?:<-|=)\s*function\s*\(/],
  c: [
    announced,
    /^@(?:interface|implementation|protocol)\s+(?<name>\w+)/,
    /^\s*[-+]\s*\([^)]*\)\s*(?<name>\w+)/,
    // A type, a name and a bracket, and no end of a statement: a declaration with a body.
    /^(?:\s{0,8})(?:[\p{L}_][\w:<>,.?&*[\]~]*[\s*&]+){1,6}(?<name>~?[\p{L}_][\w:~]*)\s*\([^;=]*(?:\{\s*)?$/u,
  ],
  shell: [
    /^\s*(?:function\s+)?(?<name>[\w-]+)\s*\(\)\s*\{?/,
    /^function\s+(?<name>[\w-]+)/,
    /^(?<name>[\w.%/-]+)\s*:(?!=)/,
    /^\s*(?:function|macro)\s*\(\s*(?<name>\w+)/i,
    /^:(?<name>\w+)\s*$/,
  ],
  sql: [
    /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)?(?:table|view|function|procedure|trigger|index|type|schema)\s+(?:if\s+not\s+exists\s+)?["`[]?(?<name>[\w.]+)/i,
  ],
  style: [/^(?<name>@(?:media|keyframes|mixin|layer|font-face)\b[^{]*)\{/],
  functional: [
    /^\s*\((?:def\w*|cl-def\w*)\s+(?<name>[^\s()]+)/,
    /^(?:data|type|newtype|class|instance|module)\s+(?<name>[\w.']+)/,
    /^(?<name>[a-z_][\w']*)\s*::/,
    /^\s*let\s+(?:rec\s+)?(?<name>[a-z_][\w']*)\s/,
  ],
};

/** Name and depth (1 for a line that is not indented) of what begins on the line, or null. */
export const definitionOf = (
  line: string,
  family: ProgramLanguage['family'],
): { name: string; level: number } | null => {
  if (line.length > 300) return null;
  for (const pattern of patterns[family]) {
    const name = pattern.exec(line)?.groups?.name?.replace(/[\s:.-]+$/, '');
    if (!name || keywords.test(name)) continue;
    if (/^\s*(?:return|throw|await|yield|else|case|new|delete|using|import|package|goto)\b/.test(line))
      return null;
    const indent = /^[ \t]*/.exec(line)![0].replace(/\t/g, '    ').length;
    return { name, level: Math.min(6, 1 + Math.ceil(indent / 4)) };
  }
  return null;
};
