/** What the engine does at once when a setting changes. Each part of it has one line here. */
import { settingNames } from '../../contract/tables/settings-table.ts';
import type { EventHub } from '../event-hub.ts';
import type { FolderWatch } from '../folder-watch.ts';
import { readAgain } from '../folders/read-again.ts';
import type { LibrarySet } from '../library-set.ts';
import type { RerankerPool } from '../searching/reranker-pool.ts';
import type { EngineSettings } from './engine-settings.ts';

export interface SettingsParts {
  settings: EngineSettings;
  events: EventHub;
  libraries: LibrarySet;
  reranker: RerankerPool;
  /** Null for an engine that watches nothing, whatever the setting says. */
  watch: FolderWatch | null;
  /** Asks for an index run of the library. */
  index(library: string): void;
}

export function observeSettings({
  settings,
  events,
  libraries,
  reranker,
  watch,
  index,
}: SettingsParts): void {
  settings.observe(settingNames, (now) => events.publish({ type: 'settings', settings: now }));

  settings.observe(['watchFolders'], ({ watchFolders }) => {
    if (!watch) return;
    if (!watchFolders) return watch.close();
    watch.start(libraries.all());
    // What changed while nobody looked.
    const own = libraries.all().filter((session) => !session.isReadOnly);
    for (const session of own) if (session.folders.list().length > 0) index(session.name);
  });

  settings.observe(['reranker'], () => void reranker.follow());

  settings.observe(['maxFileMegabytes'], (now, before) => {
    if (now.maxFileMegabytes <= before.maxFileMegabytes) return;
    for (const session of libraries.all()) {
      if (session.isReadOnly) continue;
      const tooLarge = session.documents.withState('too-large');
      for (const { id } of tooLarge) readAgain(session, id);
      if (tooLarge.length > 0) index(session.name);
    }
  });
}
