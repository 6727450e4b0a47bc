/** Short messages at the edge of the page: what a click did, or why it did not. Errors stay until they are closed. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'bad';
  readonly text: string;
}

const SHOWN_MS = 5000;
const MAX_SHOWN = 3;

export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #next = 1;

  add(tone: Notice['tone'], text: string): void {
    const notice = { id: this.#next++, tone, text };
    this.list = [...this.list.slice(1 - MAX_SHOWN), notice];
    if (tone !== 'bad') setTimeout(() => this.close(notice.id), SHOWN_MS);
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
