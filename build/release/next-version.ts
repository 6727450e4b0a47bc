/** The version after a given one: by the part that changes, or a version given in full. */

/** Throws where `step` is neither a part nor a version after `current`. */
export function nextVersion(current: string, step: string): string {
  const parts = current.split('.').map(Number) as [number, number, number];
  const [major, minor, patch] = parts;
  if (step === 'major') return `${major + 1}.0.0`;
  if (step === 'minor') return `${major}.${minor + 1}.0`;
  if (step === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (!/^\d+\.\d+\.\d+$/.test(step)) {
    throw new Error(`"${step}" is no version: say major, minor, patch, or one in full, such as 1.2.0.`);
  }
  const wanted = step.split('.').map(Number);
  const at = wanted.findIndex((part, index) => part !== parts[index]);
  if (at < 0 || wanted[at]! < parts[at]!) throw new Error(`${step} does not come after ${current}.`);
  return step;
}
