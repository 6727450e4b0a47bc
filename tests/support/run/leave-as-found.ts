/** Tests of one project may share a process: a file that leaves its environment, folder or output other than it found them fails, and not one after it. */
import { afterAll, expect } from 'vitest';

const { env, stderr, stdout } = process;
const found = { folder: process.cwd(), environment: { ...env }, writes: [stdout.write, stderr.write] };

afterAll(() => {
  // A copy in its place would be news to native libraries, which ask the system.
  expect(process.env, 'the object of the environment').toBe(env);
  const left = { folder: process.cwd(), environment: { ...env }, writes: [stdout.write, stderr.write] };
  expect(left).toEqual(found);
});
