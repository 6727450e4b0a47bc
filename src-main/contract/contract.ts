/**
 * Every call the engine answers, declared once. Clients, servers, the OpenAPI document and test fakes are all
 * derived from this object; it holds no behaviour.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  adaptationPlanSchema,
  adaptationRequestSchema,
  adapterSchema,
  trainingPointSchema,
} from './adaptation.ts';
import { answerEventSchema, answerRequestSchema, chatModelSchema } from './answers/answers.ts';
import { examinationSchema } from './doctor.ts';
import { tagCountSchema, taggedSchema, tagRequestSchema } from './documents/tags.ts';
import { errorCodeSchema } from './error-codes.ts';
import { evaluationRequestSchema } from './evaluation.ts';
import { engineEventSchema, engineSnapshotSchema } from './events.ts';
import { jobPauserSchema, jobSchema } from './jobs.ts';
import {
  archiveContentsSchema,
  attachRequestSchema,
  createRequestSchema,
  documentFacetsSchema,
  documentKindSchema,
  documentStateSchema,
  documentTextSchema,
  folderPreviewSchema,
  folderSchema,
  importRequestSchema,
  libraryNameSchema,
  librarySchema,
  listedDocumentSchema,
  suggestedFolderSchema,
} from './libraries.ts';
import { devicePackSchema, deviceSchema, modelSchema } from './models.ts';
import {
  recognisedWordsSchema,
  recognitionLanguageSchema,
  recognitionPlanSchema,
} from './recognition/recognition.ts';
import {
  feedbackSchema,
  passagesRequestSchema,
  passagesResponseSchema,
  savedSearchNameSchema,
  savedSearchRequestSchema,
  savedSearchSchema,
  searchRequestSchema,
  searchResponseSchema,
  similarRequestSchema,
  similarResponseSchema,
} from './search.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';

/** Our own failures travel as one typed error; `data.code` is what a client switches on. */
const base = oc.errors({
  APP_ERROR: { status: 400, data: z.object({ code: errorCodeSchema }) },
});

const library = z.string().default('default');
const jobId = z.object({ jobId: z.string() });
const pack = z.object({ pack: devicePackSchema.shape.name });
const started = z.object({ jobId: z.string() });

export const contract = {
  engine: {
    snapshot: base.output(engineSnapshotSchema),
    events: base.output(eventIterator(engineEventSchema)),
    /** Looks for what is wrong with the libraries; `repair` mends what can be made again from the documents. */
    examine: base.input(z.object({ repair: z.boolean().default(false) })).output(examinationSchema),
  },
  libraries: {
    list: base.output(z.array(librarySchema)),
    create: base.input(createRequestSchema).output(librarySchema),
    /** Opens a library that another machine writes, to search it from here. */
    attach: base.input(attachRequestSchema).output(librarySchema),
    /** Cancels what works on the library first. The default library keeps its name, and it stays. */
    rename: base.input(z.object({ library, name: libraryNameSchema })).output(librarySchema),
    /** What is at an address that others reach stays there. */
    remove: base.input(z.object({ library })),
    /** Scans the folders and brings the index up to date. */
    index: base.input(z.object({ library, force: z.boolean().default(false) })).output(started),
    /** Puts the library into one new file, without its documents; `withIndex` with what was made of them. */
    export: base
      .input(z.object({ library, path: z.string().min(1), withIndex: z.boolean().default(false) }))
      .output(started),
    /** What such a file holds. */
    lookInto: base.input(z.object({ path: z.string().min(1) })).output(archiveContentsSchema),
    /** Makes a library of such a file. An empty default library is replaced. */
    import: base.input(importRequestSchema).output(started),
  },
  folders: {
    /** A folder, or a single file. */
    add: base
      .input(z.object({ library, path: z.string().min(1), exclude: z.array(z.string()).default([]) }))
      .output(z.object({ folder: folderSchema, jobId: z.string() })),
    update: base
      .input(
        z.object({
          library,
          folderId: z.string(),
          exclude: z.array(z.string()).optional(),
          recognise: z.boolean().optional(),
        }),
      )
      .output(started),
    remove: base.input(z.object({ library, folderId: z.string() })),
    /** Where most people keep documents, without what the library searches already. */
    suggest: base.input(z.object({ library })).output(z.array(suggestedFolderSchema)),
    /** Counts what is in a folder and what would be left out. Opens no file, and takes a few seconds at the most. */
    preview: base
      .input(z.object({ path: z.string().min(1), exclude: z.array(z.string()).default([]) }))
      .output(folderPreviewSchema),
    /**
     * Sub-folders of a folder on this machine and the files of a kind that is read in it, for a page that has no system dialog; of a file, what
     * is in its folder.
     */
    browse: base.input(z.object({ path: z.string().optional() })).output(
      z.object({
        path: z.string(),
        isFile: z.boolean(),
        parent: z.string().nullable(),
        folders: z.array(z.object({ name: z.string(), path: z.string() })),
        files: z.array(z.object({ name: z.string(), path: z.string() })),
      }),
    ),
  },
  documents: {
    list: base
      .input(
        z.object({
          library,
          state: documentStateSchema.optional(),
          kind: documentKindSchema.optional(),
          /** ISO 639-1, of the text. */
          language: z.string().optional(),
          /** Of the document's own date, else of that of its file. */
          year: z.number().int().min(0).max(9999).optional(),
          /** Documents that carry it, or one below it. */
          tag: z.string().max(500).optional(),
          pathContains: z.string().optional(),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(1000).default(100),
          /** Whether to count what the list could be narrowed to. */
          withFacets: z.boolean().default(false),
        }),
      )
      .output(
        z.object({
          total: z.number(),
          documents: z.array(listedDocumentSchema),
          facets: documentFacetsSchema.optional(),
        }),
      ),
    text: base.input(z.object({ library, documentId: z.string() })).output(documentTextSchema),
    bytes: base.input(z.object({ library, documentId: z.string() })).output(z.instanceof(Blob)),
    /** Where the words of a page stand whose text was recognised. */
    words: base
      .input(z.object({ library, documentId: z.string(), page: z.number().int().min(1) }))
      .output(recognisedWordsSchema),
    reindex: base.input(z.object({ library, documentIds: z.array(z.string()).min(1) })).output(started),
    /** Gives documents tags of a person's own and takes them away; the files stay as they are. All of them or none. */
    tag: base.input(tagRequestSchema).output(taggedSchema),
    /** All tags of a library, the most frequent first. */
    tags: base.input(z.object({ library })).output(z.array(tagCountSchema)),
  },
  jobs: {
    list: base.output(z.array(jobSchema)),
    get: base.input(jobId).output(jobSchema),
    /** What the job has noted, oldest first; the newest 200 lines. */
    log: base.input(jobId).output(z.array(z.string())),
    pause: base.input(jobId.extend({ by: jobPauserSchema.default('person') })).output(jobSchema),
    resume: base.input(jobId).output(jobSchema),
    /** Does nothing to a job that has ended. */
    cancel: base.input(jobId).output(jobSchema),
    retry: base.input(jobId).output(started),
  },
  search: {
    query: base.input(searchRequestSchema).output(searchResponseSchema),
    /** What resembles a passage or a document. */
    similar: base.input(similarRequestSchema).output(similarResponseSchema),
    /** All that one document holds for a question. */
    passagesOf: base.input(passagesRequestSchema).output(passagesResponseSchema),
    feedback: base.input(feedbackSchema),
    recent: base.input(z.object({ library })).output(z.array(z.string())),
  },
  answers: {
    /** Answers from the documents, with the chat model that the settings name. Cancelled by leaving the stream. */
    ask: base.input(answerRequestSchema).output(eventIterator(answerEventSchema)),
    /** Chat models as files. */
    models: base.output(z.array(chatModelSchema)),
    import: base.input(z.object({ path: z.string().min(1) })).output(chatModelSchema),
    download: base.input(z.object({ modelId: z.string() })).output(started),
    remove: base.input(z.object({ modelId: z.string() })),
    /** What a server of this machine offers, by name; the one of the settings unless an address is given. */
    serverModels: base
      .input(z.object({ server: z.string().max(500).optional() }))
      .output(z.array(z.string())),
  },
  saved: {
    /** Of one library, or of all; each is asked to count what is new. */
    list: base.input(z.object({ library: z.string().optional() })).output(z.array(savedSearchSchema)),
    /** One of the same name is replaced. */
    save: base.input(savedSearchRequestSchema).output(savedSearchSchema),
    /** Notes that the person has seen the answers as they are now. */
    look: base.input(z.object({ library, name: z.string() })).output(savedSearchSchema),
    /** The new name must be free; what is new stays new. */
    rename: base
      .input(z.object({ library, name: z.string(), newName: savedSearchNameSchema }))
      .output(savedSearchSchema),
    remove: base.input(z.object({ library, name: z.string() })),
  },
  models: {
    list: base.output(z.array(modelSchema)),
    import: base.input(z.object({ path: z.string().min(1) })).output(modelSchema),
    download: base.input(z.object({ modelId: z.string() })).output(started),
    /** Builds new vectors beside the old ones, then moves the pointer; the old set answers meanwhile. */
    use: base.input(z.object({ library, modelId: z.string() })).output(started),
    remove: base.input(z.object({ modelId: z.string() })),
  },
  devices: {
    /** Tries each with a known text, which takes seconds. */
    list: base.output(z.array(deviceSchema)),
    /** Libraries that can be fetched for a kind of device; none where there are none for this system. */
    packs: base.output(z.array(devicePackSchema)),
    /** Fetches the packages of a pack from npm's registry. It is used from the next start on, where the trial finds that it works. */
    install: base.input(pack).output(started),
    /** Where the setting named its device, it is chosen automatically from then on. */
    remove: base.input(pack),
  },
  recognition: {
    plan: base.input(z.object({ library })).output(recognitionPlanSchema),
    /** Reads the pages that wait, then indexes what they say. */
    start: base.input(z.object({ library })).output(started),
    /** Forgets what was recognised, so that it can be read anew, as with another language. */
    forget: base.input(z.object({ library })).output(started),
    languages: base.output(z.array(recognitionLanguageSchema)),
    download: base.input(z.object({ code: z.string() })).output(started),
    /** Takes a file of Tesseract's, `NAME.traineddata`, packed by gzip or not. */
    import: base.input(z.object({ path: z.string().min(1) })).output(recognitionLanguageSchema),
    remove: base.input(z.object({ code: z.string() })),
  },
  adaptation: {
    plan: base.input(adaptationRequestSchema).output(adaptationPlanSchema),
    start: base.input(adaptationRequestSchema).output(started),
    curve: base.input(jobId).output(z.array(trainingPointSchema)),
    adapters: base.input(z.object({ library })).output(z.array(adapterSchema)),
    /** Switches to an adapter, or back to the bare encoder with null. */
    adopt: base.input(z.object({ library, adapterId: z.string().nullable() })).output(started),
    remove: base.input(z.object({ library, adapterId: z.string() })),
  },
  evaluation: {
    run: base.input(evaluationRequestSchema).output(started),
  },
  settings: {
    get: base.output(settingsSchema),
    update: base.input(settingsChangeSchema).output(settingsSchema),
  },
};

export type Contract = typeof contract;
