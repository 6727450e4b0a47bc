/** The shell's copy of what it needs from the engine's events: settings, folders, unfinished jobs. */
import type { EngineEvent } from '../../contract/events.ts';
import type { Job } from '../../contract/jobs.ts';
import type { Settings } from '../../contract/settings.ts';

export interface EngineMirror {
  readonly settings: Settings | null;
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Queued, running and paused jobs by id. */
  readonly jobs: ReadonlyMap<string, Job>;
}

export const emptyMirror: EngineMirror = {
  settings: null,
  folders: new Map(),
  jobs: new Map(),
};

export function mirrorEvent(mirror: EngineMirror, event: EngineEvent): EngineMirror {
  switch (event.type) {
    case 'snapshot': {
      const { libraries, jobs, settings } = event.snapshot;
      return {
        settings,
        folders: new Map(libraries.map((library) => [library.name, pathsOf(library)])),
        jobs: new Map(jobs.filter(isUnfinished).map((job) => [job.id, job])),
      };
    }
    case 'settings':
      return { ...mirror, settings: event.settings };
    case 'library':
      return {
        ...mirror,
        folders: new Map(mirror.folders).set(event.library.name, pathsOf(event.library)),
      };
    case 'library-removed': {
      const folders = new Map(mirror.folders);
      folders.delete(event.name);
      return { ...mirror, folders };
    }
    case 'job': {
      const jobs = new Map(mirror.jobs);
      if (isUnfinished(event.job)) jobs.set(event.job.id, event.job);
      else jobs.delete(event.job.id);
      return { ...mirror, jobs };
    }
    case 'training':
      return mirror;
  }
}

export function isUnfinished(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'paused';
}

function pathsOf(library: { folders: { path: string }[] }): string[] {
  return library.folders.map((folder) => folder.path);
}
