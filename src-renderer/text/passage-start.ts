/**
 * Where a passage begins to say something. What stands before it is told elsewhere on the page or to nobody: a document's
 * title and headings, the lines above a message, the front matter of a note.
 */

/** Shorter than this, a text says more with its heading than without. */
const MIN_TEXT = 24;
const FRONT_MATTER = /^\s*---\n(?:.*\n)*?---(?:\n|$)/;
/** At least two such lines: one alone may be a sentence. */
const LETTERHEAD =
  /^\s*(?:>?\s*(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Message-ID|Von|An|Gesendet|Datum|Betreff|De|À|Para|Fecha|Objet|Asunto): .*(?:\n|$)){2,}/i;

/** Offset into `text`; a heading stays where a word that begins before `keepFrom` would be lost with it. */
export function passageStart(text: string, headings: readonly string[], keepFrom = text.length): number {
  let at = 0;
  const pass = (length: number, keep: number): void => {
    const next = at + length;
    if (length > 0 && next <= keep && text.length - next >= MIN_TEXT) at = next;
  };
  pass(FRONT_MATTER.exec(text)?.[0].length ?? 0, text.length);
  for (const heading of headings) pass(leadLength(text.slice(at), heading), keepFrom);
  pass(LETTERHEAD.exec(text.slice(at))?.[0].length ?? 0, text.length);
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}

/**
 * Length of `heading` at the start of `text`, its number and its mark-up there or not, with the white space after it; else 0.
 * On one line with what follows it is a heading only before what begins a sentence.
 */
function leadLength(text: string, heading: string): number {
  const mark = /^\s*(?:#{1,6}\s+)?/.exec(text)![0].length;
  for (const form of [heading, heading.replace(/^[\d.]+\s+/, '')]) {
    if (form === '' || !text.startsWith(form, mark)) continue;
    const space = /^(?:\s*\n\s*|\s+(?!\p{Ll}))/u.exec(text.slice(mark + form.length));
    if (space) return mark + form.length + space[0].length;
  }
  return 0;
}
