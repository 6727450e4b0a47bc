/**
 * Filters as fields of a tool's input, one for each row of the table of filters, and the question they make. An assistant fills
 * fields more reliably than it writes a syntax; the search itself knows the syntax alone.
 */
import { z } from 'zod';
import {
  filterFacts,
  type SearchFilterName,
  searchFilterNames,
} from '../../contract/tables/search-filters.ts';

const value = z.string().min(1).max(1000);

export const filtersInput = z
  .strictObject(
    Object.fromEntries(
      searchFilterNames.map((name) => {
        const { help, examples } = filterFacts(name);
        const example = examples.map((text) => text.replaceAll('"', '')).join(' or ');
        return [
          name,
          z
            .union([value, z.array(value).max(20)])
            .optional()
            .describe(`Finds ${help}; such as ${example}`),
        ];
      }),
    ) as Record<SearchFilterName, z.ZodOptional<z.ZodUnion<[typeof value, z.ZodArray<typeof value>]>>>,
  )
  .describe('Narrow the search before it ranks');

export type FilterValues = z.infer<typeof filtersInput>;

/** Quotation marks end a value in the syntax, so they are left out of it. */
export function composeFilters(query: string, filters: FilterValues = {}): string {
  const parts = searchFilterNames.flatMap((name) =>
    [filters[name] ?? []]
      .flat()
      .map((text) => text.replaceAll(/["“”]/g, ''))
      .map((text) => (/\s/.test(text) ? `${name}:"${text}"` : `${name}:${text}`)),
  );
  return [query, ...parts].join(' ');
}
