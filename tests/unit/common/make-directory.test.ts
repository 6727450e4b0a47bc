import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectory } from '../../../src-main/common/make-directory.ts';

describe('makeDirectory', () => {
  let scratch: string;
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'llara-make-directory-'));
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('makes every folder that is missing, and is content with those that are there', () => {
    const path = join(scratch, 'a', 'b', 'c');
    makeDirectory(path);
    makeDirectory(path);
    expect(existsSync(path)).toBe(true);
  });

  it('says why there can be no folder below a file, or in the place of one', () => {
    writeFileSync(join(scratch, 'file'), '');
    for (const path of [join(scratch, 'file', 'below'), join(scratch, 'file')]) {
      expect(() => makeDirectory(path)).toThrow(/cannot be made \((ENOTDIR|EEXIST)\).*LLARA_HOME/);
    }
  });

  it.skipIf(!existsSync('/proc/self'))('returns at once where a file system takes no folders', () => {
    expect(() => makeDirectory('/proc/llara/home')).toThrow('/proc/llara/home cannot be made (ENOENT)');
  });
});
