/** What the writer of a shared library says of it, beside its tables. */
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import type { StoreRows } from '../../store/storage/store-rows.ts';

/** Raised when what is beside the tables changes so that earlier versions of the product would misread it. */
export const publishedFormat = 1;

export const aboutKey = 'about';

const aboutSchema = z.object({
  format: z.number(),
  name: z.string(),
  /** Which manifest writes, and on which machine. */
  owner: z.string(),
  machine: z.string(),
  /** Version of the product. */
  product: z.string(),
  /** Steps that the writer's manifest has been through. */
  schema: z.number(),
  publishedAt: z.number(),
});
export type PublishedAbout = z.infer<typeof aboutSchema>;

/** Null where no writer has said anything yet. Throws `library-corrupt` for what a later version made, or what is none of ours. */
export async function readAbout(rows: StoreRows, address: string): Promise<PublishedAbout | null> {
  const text = await rows.get(aboutKey);
  if (text === undefined) return null;
  const stated = z.object({ format: z.number(), product: z.string() }).safeParse(parseJson(text));
  if (stated.success && stated.data.format > publishedFormat) {
    throw new AppError(
      'library-corrupt',
      `The library at ${address} was made by a later version of this program (${stated.data.product}). Update the program here to open it.`,
    );
  }
  const about = aboutSchema.safeParse(parseJson(text));
  if (about.success) return about.data;
  throw new AppError(
    'library-corrupt',
    `What is kept at ${address} is no library that this program knows. Check the address.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Counts as something else.
  }
}
