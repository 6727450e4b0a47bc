/** Libraries, their folders, and the documents in them: what a person points the product at. */
import { z } from 'zod';
import { documentKinds } from './formats.ts';

export type { DocumentKind } from './formats.ts';

/**
 * How a file ended. `pending` is the only state that indexing may still change by itself; `scan` is all pictures, which text recognition
 * has not read.
 */
export const documentStateSchema = z.enum([
  'pending',
  'indexed',
  'scan',
  'empty',
  'encrypted',
  'unsupported',
  'too-large',
  'failed',
]);
export type DocumentState = z.infer<typeof documentStateSchema>;

export const documentKindSchema = z.enum(documentKinds);

export const folderSchema = z.object({
  id: z.string(),
  path: z.string(),
  /** The entry is a single file, at `path`, and nothing beside it; it leaves out nothing. */
  isFile: z.boolean(),
  /** Glob patterns, relative to the folder, of what is left out; `.gitignore` among them leaves out what such files name, and `!NAME` takes back what is left out for its name. */
  exclude: z.array(z.string()),
  /** Whether text recognition reads its pictures and scans. */
  recognise: z.boolean(),
  addedAt: z.number(),
  documentCount: z.number(),
  /** Why the folder cannot be read just now (unplugged disk, no permission), else null. Its documents are kept meanwhile. */
  unavailable: z.string().nullable(),
  /** Why changes in the folder are not noticed by themselves, else null. An index run still finds them. */
  watchProblem: z.string().nullable(),
});
export type Folder = z.infer<typeof folderSchema>;

/** Why something is left out of a folder: by the name it has, by a pattern, or by what Git ignores. */
export const skipRuleSchema = z.enum([
  'hidden',
  'dependencies',
  'build-output',
  'cache',
  'lock-file',
  'system',
  'excluded',
  'gitignore',
]);
export type SkipRule = z.infer<typeof skipRuleSchema>;

/** What a person is told of a folder before it is read. */
export const folderPreviewSchema = z.object({
  /** All that would be looked at. */
  files: z.number(),
  /** Those of a kind that is read, by their names, and what they come to. */
  documents: z.number(),
  sizeBytes: z.number(),
  /** False where the time was over before all was counted: there is more. */
  isComplete: z.boolean(),
  /** Most files first; the many small ones beyond a dozen are only in `leftOutFiles`. */
  leftOut: z.array(
    z.object({
      rule: skipRuleSchema,
      /** The name or the pattern by which it is left out; `!NAME` among the folder's patterns takes a name back. */
      name: z.string(),
      files: z.number(),
      isComplete: z.boolean(),
    }),
  ),
  leftOutFiles: z.number(),
});
export type FolderPreview = z.infer<typeof folderPreviewSchema>;

/** A folder that most people start with. */
export const suggestedFolderSchema = z.object({
  kind: z.enum(['documents', 'desktop', 'downloads']),
  path: z.string(),
});
export type SuggestedFolder = z.infer<typeof suggestedFolderSchema>;

/** What a document says about itself: in its front matter, its properties or the lines above a message. */
export const documentFactsSchema = z.object({
  title: z.string().optional(),
  authors: z.array(z.string()),
  from: z.string().optional(),
  to: z.string().optional(),
  /** The document's own date, in milliseconds since 1970; never that of the file. */
  date: z.number().optional(),
  tags: z.array(z.string()),
  /** As the document states it, such as `en-GB`. */
  language: z.string().optional(),
});
export type DocumentFacts = z.infer<typeof documentFactsSchema>;

export const documentSchema = z.object({
  id: z.string(),
  folderId: z.string(),
  path: z.string(),
  /** Path below its folder, with `/`. */
  relativePath: z.string(),
  title: z.string(),
  kind: documentKindSchema.nullable(),
  sizeBytes: z.number(),
  modifiedAt: z.number(),
  state: documentStateSchema,
  /** Why the state is what it is, in words for a person; null when indexed. */
  reason: z.string().nullable(),
  pageCount: z.number().nullable(),
  chunkCount: z.number(),
  /** Numbers, from 1, of pages that wait for text recognition; left out where none do. */
  waitingPages: z.array(z.number()).optional(),
  /** Left out for a document that says nothing about itself, or has not been read. */
  facts: documentFactsSchema.optional(),
  /** Tags that a person gave it in Llara, beside those of its facts; left out where there are none. */
  tags: z.array(z.string()).optional(),
  /** The file that an attachment was found in; left out for documents that are files themselves. */
  container: z.object({ documentId: z.string(), path: z.string() }).optional(),
});
export type Document = z.infer<typeof documentSchema>;

export const listedDocumentSchema = documentSchema.extend({
  /** Paths of all copies and near copies in the library, its own first; left out where there are none. */
  places: z.array(z.string()).optional(),
});
export type ListedDocument = z.infer<typeof listedDocumentSchema>;

const facetSchema = z.array(z.object({ value: z.string(), documents: z.number() }));

/** How many documents of a list have each state, kind, language (ISO 639-1), year and tag or one below it; what is set of a facet does not narrow it itself. */
export const documentFacetsSchema = z.object({
  state: facetSchema,
  kind: facetSchema,
  language: facetSchema,
  year: facetSchema,
  /** The hundred that most documents carry. */
  tag: facetSchema,
});
export type DocumentFacets = z.infer<typeof documentFacetsSchema>;

export const documentCountsSchema = z.record(documentStateSchema, z.number());
export type DocumentCounts = z.infer<typeof documentCountsSchema>;

/** Which encoder and adapter made a set of vectors; `adapter` is null for the bare encoder. */
export const vectorSetSchema = z.object({
  id: z.string(),
  encoder: z.string(),
  encoderName: z.string(),
  adapter: z.string().nullable(),
  dimension: z.number(),
  state: z.enum(['active', 'building', 'previous']),
});
export type VectorSet = z.infer<typeof vectorSetSchema>;

/** The address of a store that several machines reach, such as `s3://bucket/path`, and the way there. Keys are never part of it. */
export const storeAddressSchema = z.object({
  at: z.string().min(1).max(1000),
  region: z.string().min(1).max(100).optional(),
  /** `http://` or `https://`, a host and a port, of a store that is not Amazon's. */
  endpoint: z.string().min(1).max(300).optional(),
});
export type StoreAddress = z.infer<typeof storeAddressSchema>;

/** What is said of a library whose store is at such an address. */
export const sharedPlaceSchema = z.object({
  address: z.string(),
  /** One machine writes; others read, and can change nothing. */
  access: z.enum(['write', 'read']),
  /** Name of the machine that writes, as far as is known. */
  writer: z.string().nullable(),
  /** Of one that reads: Unix time in ms as of which it knows the library. Else null. */
  seenAt: z.number().nullable(),
  /** Of one that writes: why readers do not get its changes just now, for a person; else null. */
  problem: z.string().nullable(),
});
export type SharedPlace = z.infer<typeof sharedPlaceSchema>;

export const librarySchema = z.object({
  name: z.string(),
  folders: z.array(folderSchema),
  counts: documentCountsSchema,
  chunkCount: z.number(),
  vectorSets: z.array(vectorSetSchema),
  /** Of the passages that can be found by their words, how many can be found by meaning too; 0 without an encoder. */
  meaning: z.object({ passages: z.number(), embedded: z.number() }),
  /** Name of the encoder that questions are asked with, or null with `wordsOnlyReason` saying why there is none. */
  encoder: z.string().nullable(),
  /** Set when search answers by words only, with the reason for a person. */
  wordsOnlyReason: z.string().nullable(),
  /** Left out for a library whose index is on this machine alone. */
  shared: sharedPlaceSchema.optional(),
});
export type Library = z.infer<typeof librarySchema>;

/** Where folders of another machine are on this one: `from` and all that lies below it is at `to`. */
export const pathMapSchema = z.object({ from: z.string().min(1), to: z.string().min(1) });
export type PathMap = z.infer<typeof pathMapSchema>;

export const libraryNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/);

export const createRequestSchema = z.object({
  name: libraryNameSchema,
  /** Where its index is to be; in the data folder if left out. */
  store: storeAddressSchema.optional(),
  /** Whether a library that is there already is written from here from now on. */
  takeOver: z.boolean().default(false),
});
export type CreateRequest = z.infer<typeof createRequestSchema>;

export const attachRequestSchema = storeAddressSchema.extend({
  /** What it is to be called here; as it is where it is written, if left out and free. */
  name: libraryNameSchema.optional(),
});
export type AttachRequest = z.infer<typeof attachRequestSchema>;

export const importRequestSchema = z.object({
  /** Of the archive. */
  path: z.string().min(1),
  /** What the library is to be called; as it was, if left out. */
  name: libraryNameSchema.optional(),
  map: z.array(pathMapSchema).default([]),
  /** Whether the archive's settings of the program are taken over as well. */
  settings: z.boolean().default(false),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** What an archive says of itself, before it is imported. */
export const archiveContentsSchema = z.object({
  library: z.string(),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  withIndex: z.boolean(),
  /** As they were on the machine that it comes from; `isHere` where something is at the same path on this one. */
  folders: z.array(z.object({ path: z.string(), isHere: z.boolean() })),
});
export type ArchiveContents = z.infer<typeof archiveContentsSchema>;

/** A library whose folder is there and cannot be opened, with the reason for a person. Its files are left as they are. */
export const unavailableLibrarySchema = z.object({ name: z.string(), reason: z.string() });
export type UnavailableLibrary = z.infer<typeof unavailableLibrarySchema>;

/** One page of a document's extracted text; `start` and `end` are offsets into the document's text. */
export const pageSpanSchema = z.object({ page: z.number(), start: z.number(), end: z.number() });
export type PageSpan = z.infer<typeof pageSpanSchema>;

export const headingSchema = z.object({ level: z.number(), title: z.string(), start: z.number() });
export type Heading = z.infer<typeof headingSchema>;

/**
 * Text, pages and headings are those that the passages were taken from, as long as they are kept. The text is empty where nothing was read,
 * for which the document states the reason.
 */
export const documentTextSchema = z.object({
  document: documentSchema,
  /** Unix time in ms at which the file was changed after it was read, or null: what is shown is then not what the file holds now. */
  changedAt: z.number().nullable(),
  text: z.string(),
  pages: z.array(pageSpanSchema),
  headings: z.array(headingSchema),
  /** Numbers of the pages whose text was recognised; left out where there are none. */
  recognisedPages: z.array(z.number()).optional(),
});
export type DocumentText = z.infer<typeof documentTextSchema>;
