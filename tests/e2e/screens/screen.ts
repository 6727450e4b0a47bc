/** A screen of the page: what the picture of it is called, and how it comes to be shown. */
import type { Strings } from '../../../src-renderer/strings.ts';
import type { FakeEngineOptions } from '../../support/fake-engine/fake-state.ts';
import type { FakePage } from '../support/fake-page.ts';

export interface Screen {
  readonly name: string;
  readonly options?: FakeEngineOptions;
  /** `words` are those that the page speaks. */
  show(fake: FakePage, words: Strings): Promise<void>;
}
