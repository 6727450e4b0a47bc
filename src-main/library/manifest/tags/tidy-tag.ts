/** A tag as a person types it, made into one that `tag:` can name: one line, with `/` between its parts. */
import { AppError } from '../../../common/app-error.ts';

const mostCharacters = 100;

/** Throws `bad-request` for a text that is no tag. */
export function tidyTag(typed: string): string {
  const tag = typed
    .trim()
    .replace(/^#/, '')
    .split('/')
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('/');
  const reason =
    tag === ''
      ? 'is no tag'
      : tag.length > mostCharacters
        ? `is longer than ${mostCharacters} characters`
        : /[,"*“”]|\p{C}/u.test(tag)
          ? 'holds a comma, a quotation mark, a * or a control character, which no filter could name'
          : null;
  if (reason === null) return tag;
  throw new AppError(
    'bad-request',
    `"${typed.slice(0, mostCharacters)}" ${reason}. A tag is a word or a few, such as work or tax/2024.`,
  );
}
