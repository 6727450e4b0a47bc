/** Brings a text into the form a model was trained on; which steps apply is said by the model file, not decided here. */

export type NormalisationStep = 'nfkc' | 'collapse-whitespace' | 'lowercase';

const steps: Readonly<Record<NormalisationStep, (text: string) => string>> = {
  nfkc: (text) => text.normalize('NFKC'),
  'collapse-whitespace': (text) => text.replace(/\s+/gu, ' ').trim(),
  lowercase: (text) => text.toLowerCase(),
};

export function normaliseText(text: string, wanted: readonly NormalisationStep[]): string {
  return wanted.reduce((current, step) => steps[step](current), text);
}

/** Reads `llara.text.normalization`, a comma-separated list; a step this product does not know is an error of the file. */
export function parseNormalisation(value: string | undefined): NormalisationStep[] | { unknown: string } {
  const names = (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !(name in steps));
  return unknown === undefined ? (names as NormalisationStep[]) : { unknown };
}
