/** Where the page is put together: every state object is made here, once, and handed to the views that need it. */
import type { DesktopBridge } from '../../src-main/contract/desktop-bridge.ts';
import type { Job } from '../../src-main/contract/jobs.ts';
import type { AttachRequest, CreateRequest, Library } from '../../src-main/contract/libraries.ts';
import { factsOf } from '../../src-main/contract/tables/job-kinds.ts';
import type { Settings } from '../../src-main/contract/tables/settings-table.ts';
import { failureOf } from '../bridge/failure.ts';
import { strings } from '../strings.ts';
import { jobDone } from '../text/jobs/job-done.ts';
import { jobTitle } from '../text/jobs/job-title.ts';
import { languageFor, pageLanguage, storedLanguage, storeLanguage } from '../text/page-language.ts';
import { Adaptation } from './adaptation.svelte.ts';
import { Answer } from './answers/answer.svelte.ts';
import { noFilters } from './compose-query.ts';
import { DEFAULT_LIBRARY } from './default-library.ts';
import { Engine } from './engine.svelte.ts';
import { LibraryView } from './library-view.svelte.ts';
import { Models } from './models.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { OpenDocument } from './open-document.svelte.ts';
import { Recognition } from './recognition.svelte.ts';
import { type Asked, documentRoute, formatRoute, parseRoute, type Route } from './route.ts';
import { Router } from './router.svelte.ts';
import { Search } from './search.svelte.ts';
import { FolderSuggestions } from './starting/folder-suggestions.svelte.ts';
import { SavedSearches } from './starting/saved-searches.svelte.ts';
import { Theme } from './theme.svelte.ts';

const LIBRARY_KEY = 'library';

export class App {
  libraryName = $state(localStorage.getItem(LIBRARY_KEY) ?? DEFAULT_LIBRARY);
  readonly desktop: DesktopBridge | undefined;
  readonly engine: Engine;
  readonly router = new Router();
  readonly theme = new Theme();
  readonly notices = new Notices();
  readonly search: Search;
  readonly answer: Answer;
  readonly saved: SavedSearches;
  readonly openDocument: OpenDocument;
  /** The document in the reader beside the list of hits. */
  readonly preview: OpenDocument;
  readonly libraryView: LibraryView;
  readonly suggestions: FolderSuggestions;
  readonly adaptation: Adaptation;
  readonly models: Models;
  readonly recognition: Recognition;
  readonly library: Library | undefined = $derived.by(() => this.engine.library(this.libraryName));
  /** Why the library in use cannot be changed from here, else null. */
  readonly readOnlyReason: string | null = $derived.by(() => this.readOnlyReasonOf(this.libraryName));

  constructor(desktop: DesktopBridge | undefined) {
    this.desktop = desktop;
    this.engine = new Engine(desktop);
    const library = () => this.libraryName;
    this.search = new Search(this.engine, library, (asked, isNew) => this.#noteAsked(asked, isNew));
    this.answer = new Answer(this.engine, library);
    this.saved = new SavedSearches(this.engine, this.search, library);
    this.openDocument = new OpenDocument(this.engine, this.search, library);
    this.preview = new OpenDocument(this.engine, this.search, library);
    this.libraryView = new LibraryView(this.engine, library);
    this.suggestions = new FolderSuggestions(this.engine, library);
    this.adaptation = new Adaptation(this.engine, library);
    this.models = new Models(this.engine);
    this.recognition = new Recognition(this.engine, library);
  }

  /** The search with what is asked there now; elsewhere in the page, that is what a way back to it leads to. */
  get searchRoute(): Route {
    return { view: 'search', asked: this.search.asked };
  }

  /** Runs until the page is left. */
  start(signal: AbortSignal): void {
    this.router.onFollowed((route) => this.#follow(route));
    this.#follow(this.router.route);
    this.router.listen(signal);
    this.desktop?.onNavigate((hash) => this.router.go(parseRoute(hash)));
    this.engine.onJoined(() => this.#joined());
    this.engine.onJobEnded((job) => this.#jobEnded(job));
    void this.engine.run(signal);
  }

  /** What is promised of the documents, in a word and a sentence: a shared library's index lies elsewhere. */
  get promise(): readonly [string, string] {
    const isShared = this.engine.libraries.some(({ shared }) => shared !== undefined);
    return isShared
      ? [strings.libraries.shared, strings.sharing.promise]
      : [strings.offline.short, strings.offline.promise];
  }

  readOnlyReasonOf(name: string): string | null {
    const shared = this.engine.library(name)?.shared;
    if (shared?.access !== 'read') return null;
    return strings.libraries.writtenBy(shared.writer ?? strings.libraries.anotherMachine);
  }

  chooseLibrary(name: string): void {
    this.libraryName = name;
    localStorage.setItem(LIBRARY_KEY, name);
    void this.search.again();
    void this.search.loadRecent();
    void this.saved.load();
    void this.suggestions.load();
    this.libraryView.showAll();
  }

  /** These throw what the engine throws; the list itself follows the engine's events. */
  async createLibrary(request: Pick<CreateRequest, 'name'> & Partial<CreateRequest>): Promise<void> {
    const { name } = await this.engine.client.libraries.create(request);
    this.chooseLibrary(name);
    this.notices.add('good', strings.libraries.created(name));
  }

  async attachLibrary(request: AttachRequest): Promise<void> {
    const { name } = await this.engine.client.libraries.attach(request);
    this.chooseLibrary(name);
    this.notices.add('good', strings.sharing.attached(name));
  }

  async renameLibrary(name: string, next: string): Promise<void> {
    await this.engine.client.libraries.rename({ library: name, name: next });
    if (this.libraryName === name) this.chooseLibrary(next);
    this.notices.add(
      'good',
      strings.libraries.renamed(next),
      () => void this.act(() => this.renameLibrary(next, name)),
    );
  }

  async removeLibrary(name: string): Promise<void> {
    await this.engine.client.libraries.remove({ library: name });
    if (this.libraryName === name) this.chooseLibrary(DEFAULT_LIBRARY);
  }

  /** Opens the document at a path of the library, such as another place of one that was found. Throws where it is no longer there. */
  async openPlace(path: string, library: string | null): Promise<void> {
    const { documents } = await this.engine.client.documents.list({
      library: library ?? this.libraryName,
      pathContains: path,
    });
    const found = documents.find((document) => document.path === path);
    if (!found) throw new Error(strings.places.gone(path));
    this.router.go(documentRoute(found.id, null, library));
  }

  /** Another language than the page speaks begins with the page loaded anew, at the same address. */
  speak(setting: Settings['language']): void {
    if (setting === storedLanguage()) return;
    storeLanguage(setting);
    if (languageFor(setting, navigator.languages) !== pageLanguage) window.location.reload();
  }

  /** Runs what a button asks for; a failure becomes a notice, and `undo` a button in it. Resolves to whether it went well. */
  async act(action: () => Promise<unknown>, done?: string, undo?: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      if (done) this.notices.add('good', done, undo ? () => void this.act(undo) : null);
      return true;
    } catch (error) {
      this.notices.add('bad', failureOf(error).message);
      return false;
    }
  }

  /** A question that was begun replaces the address key by key; a filter, or a question that was chosen, is a step to go back from. */
  #noteAsked(asked: Asked, isNew: boolean): void {
    if (this.router.route.view !== 'search') return;
    const route: Route = { view: 'search', asked };
    if (formatRoute(route) === formatRoute(this.router.route)) return;
    if (isNew && this.router.route.asked !== undefined) this.router.go(route);
    else this.router.replace(route);
  }

  #follow(route: Route): void {
    if (route.view !== 'search' || formatRoute(route) === formatRoute(this.searchRoute)) return;
    this.search.restore(route.asked ?? { text: '', mode: 'hybrid', filters: noFilters });
  }

  #joined(): void {
    const { settings, libraries } = this.engine;
    if (settings) this.theme.choose(settings.theme);
    if (settings) this.speak(settings.language);
    if (!this.engine.library(this.libraryName) && libraries[0]) this.chooseLibrary(libraries[0].name);
    if (settings && !settings.onboarded && this.router.route.view === 'search') {
      this.router.replace({ view: 'welcome' });
    }
    if (this.search.failure || this.search.text !== '') void this.search.again();
    void this.search.loadRecent();
    void this.saved.load();
    void this.suggestions.load();
  }

  #jobEnded(job: Job): void {
    const { affects, notice } = factsOf(job.kind);
    if (job.state === 'failed') {
      this.notices.add('bad', strings.jobs.failed(jobTitle(job), job.failure?.message ?? ''));
    } else if (job.state === 'completed' && job.startedBy === 'person' && notice !== null) {
      this.notices.add('good', jobDone(job));
    }
    if (affects.includes('models')) void this.models.load();
    if (affects.includes('adapters')) void this.adaptation.loadAdapters();
    if (affects.includes('search')) {
      if (this.search.text !== '') void this.search.again();
      void this.saved.load();
      if (this.router.route.view === 'library') void this.libraryView.load();
      // What there is to learn from, or the encoder to start from, is another now.
      if (this.router.route.view === 'adapt' && job.library === this.libraryName)
        void this.adaptation.loadPlan();
    }
  }
}
