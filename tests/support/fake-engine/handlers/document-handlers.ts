/** Documents of the fake engine, and the search among them. */

import type { Document } from '../../../../src-main/contract/libraries.ts';
import { fakeProblems } from '../fake-documents.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';
import { fakeSearch } from '../fake-search.ts';

const carried = ({ tags = [], facts }: Document) => [...tags, ...(facts?.tags ?? [])];

const countFakeTags = (documents: readonly Document[]) =>
  [...new Set(documents.flatMap(carried))].map((value) => ({
    value,
    documents: documents.filter((document) => carried(document).includes(value)).length,
  }));

export function documentHandlers(os: FakeProcedures, { state, jobs }: FakeWorld) {
  const { documents } = state;
  return {
    documents: {
      list: os.documents.list.handler(({ input }) => {
        if (input.library !== 'default') return { total: 0, documents: [] };
        const every = [...documents.map(({ content }) => content.document), ...fakeProblems()];
        const yearOf = ({ modifiedAt }: Document) => String(new Date(modifiedAt).getUTCFullYear());
        const all = every.filter(
          (document) =>
            (!input.state || document.state === input.state) &&
            (!input.kind || document.kind === input.kind) &&
            (!input.tag || carried(document).includes(input.tag)) &&
            (!input.year || yearOf(document) === String(input.year)) &&
            document.path.concat(document.relativePath).includes(input.pathContains ?? ''),
        );
        const count = (read: (document: Document) => string | null) =>
          Object.entries(Object.groupBy(every, (document) => read(document) ?? ''))
            .filter(([value]) => value !== '')
            .map(([value, of]) => ({ value, documents: of?.length ?? 0 }));
        const facets = {
          state: count(({ state }) => state),
          kind: count(({ kind }) => kind),
          language: [
            { value: 'en', documents: 6 },
            { value: 'de', documents: 1 },
          ],
          year: count(yearOf),
          tag: countFakeTags(every),
        };
        const listed = all.map((document) => ({ ...document, places: state.places.get(document.id) }));
        return {
          total: all.length,
          documents: listed.slice(input.offset, input.offset + input.limit),
          facets,
        };
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
      tag: os.documents.tag.handler(({ input: { documentIds, add, remove } }) => {
        for (const { content } of documents.filter(({ content }) =>
          documentIds.includes(content.document.id),
        )) {
          const { tags = [] } = content.document;
          content.document.tags = [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag));
        }
        return documents.flatMap(({ content: { document } }) =>
          documentIds.includes(document.id) ? [document] : [],
        );
      }),
      tags: os.documents.tags.handler(() =>
        countFakeTags(documents.map(({ content }) => content.document)).map(({ value, documents: n }) => ({
          tag: value,
          documents: n,
          given: n,
        })),
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
      similar: os.search.similar.handler(({ input, errors }) => {
        if (!documents.some(({ content }) => content.document.id === input.documentId)) {
          const message = 'This document is no longer in the library.';
          throw errors.APP_ERROR({ message, data: { code: 'not-found' } });
        }
        const { groups } = fakeSearch(documents, { query: 'lease', mode: 'dense' });
        return {
          groups: groups.filter(({ document }) => document.id !== input.documentId),
          notices: [],
        };
      }),
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
