/** Documents of the fake engine, and the search among them. */

import { fakeProblems } from '../fake-documents.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';
import { fakeSearch } from '../fake-search.ts';

export function documentHandlers(os: FakeProcedures, { state, jobs }: FakeWorld) {
  const { documents } = state;
  return {
    documents: {
      list: os.documents.list.handler(({ input }) => {
        if (input.library !== 'default') return { total: 0, documents: [] };
        const all = [...documents.map(({ content }) => content.document), ...fakeProblems()].filter(
          (document) =>
            (!input.state || document.state === input.state) &&
            document.path.concat(document.relativePath).includes(input.pathContains ?? ''),
        );
        const listed = all.map((document) => ({ ...document, places: state.places.get(document.id) }));
        return { total: all.length, documents: listed.slice(input.offset, input.offset + input.limit) };
      }),
      text: os.documents.text.handler(({ input, errors }) => {
        const found = documents.find(({ content }) => content.document.id === input.documentId);
        if (found) return found.content;
        const message = 'This document is no longer in the library.';
        throw errors.APP_ERROR({ message, data: { code: 'not-found' } });
      }),
      bytes: os.documents.bytes.handler(({ input }) => {
        const other = state.otherBytes.get(input.documentId);
        if (other) return new Blob([other]);
        const found = documents.find(({ content }) => content.document.id === input.documentId)!;
        const length = state.damaged.has(input.documentId) ? 20 : found.bytes.length;
        const type = found.content.document.kind === 'pdf' ? 'application/pdf' : '';
        return new Blob([new Uint8Array(found.bytes.subarray(0, length))], { type });
      }),
      words: os.documents.words.handler(
        ({ input }) => state.recognition.words.get(input.documentId) ?? { width: 1, height: 1, words: [] },
      ),
      reindex: os.documents.reindex.handler(() =>
        jobs.start({ kind: 'index', title: 'Reading again', unit: 'files', total: 1 }),
      ),
    },
    search: {
      query: os.search.query.handler(
        ({ input }) =>
          state.answer?.(input.query) ?? fakeSearch(input.library === 'default' ? documents : [], input),
      ),
      similar: os.search.similar.handler(({ input }) => ({
        groups: fakeSearch(documents, { query: 'lease', mode: 'dense' }).groups.filter(
          ({ document }) => document.id !== input.documentId,
        ),
        notices: [],
      })),
      passagesOf: os.search.passagesOf.handler(({ input: { documentId, query, mode } }) => {
        const { groups } = fakeSearch(documents, { query, mode });
        const group = groups.find(({ document }) => document.id === documentId);
        return { mode, hits: group?.hits ?? [], notices: [] };
      }),
      feedback: os.search.feedback.handler(() => {}),
      recent: os.search.recent.handler(() => [
        'when does the lease end',
        'watering tomatoes',
        'where is the key of the boat',
      ]),
    },
  };
}
