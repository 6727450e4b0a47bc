/** YAML. Comments stay with what they stand beside; long lines are not folded anew. */
import { parseDocument } from 'yaml';
import { asObject, type Notation } from './notation.ts';

export const yamlNotation: Notation = {
  parse: (text) => asObject(read(text).toJS() ?? {}),
  edit(text, path, value) {
    const document = read(text);
    if (value === null) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  },
};

function read(text: string) {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw error;
  return document;
}
