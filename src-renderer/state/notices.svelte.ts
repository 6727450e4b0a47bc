/**
 * Short messages in one place of the page: what a click did, or why it did not. The same message again is counted, not
 * repeated; each leaves by itself, errors late, and any can be closed.
 */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'bad';
  readonly text: string;
  /** How often it was said. */
  readonly times: number;
  /** Takes back what was done. */
  readonly undo: (() => void) | null;
}

const SHOWN_MS = { plain: 5000, undo: 10_000, bad: 30_000 };

export class Notices {
  /** The newest last. */
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(tone: Notice['tone'], text: string, undo: (() => void) | null = null): void {
    const before = this.list.find((notice) => notice.tone === tone && notice.text === text);
    const notice = { id: this.#next++, tone, text, times: (before?.times ?? 0) + 1, undo };
    if (before) this.close(before.id);
    this.list = [...this.list, notice];
    const shownMs = tone === 'bad' ? SHOWN_MS.bad : undo ? SHOWN_MS.undo : SHOWN_MS.plain;
    this.#timers.set(
      notice.id,
      setTimeout(() => this.close(notice.id), shownMs),
    );
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
