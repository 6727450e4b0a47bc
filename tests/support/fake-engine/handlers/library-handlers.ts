/** Libraries and folders of the fake engine. Only the default library's folders are ever "read". */
import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { Library } from '../../../../src-main/contract/libraries.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';
import { emptyLibrary, fakeFolder, fakePreview } from '../fake-state.ts';

export function libraryHandlers(os: FakeProcedures, { state, jobs, events }: FakeWorld) {
  const changed = (library: Library) => events.publish({ type: 'library', library });
  const setDefault = (change: Partial<Library>) => {
    state.library = { ...state.library, ...change };
    changed(state.library);
  };
  const startIndex = () =>
    jobs.start({
      kind: 'index',
      title: 'Reading Documents',
      unit: 'files',
      total: state.files,
      failWith: state.failWith,
      result: {
        files: state.files,
        outcomes: state.read.counts,
        added: state.files,
        removed: 0,
        moved: 0,
        read: state.files,
        chunks: state.read.chunkCount,
        seconds: 1.5,
      },
      onCompleted: () =>
        setDefault({
          folders: state.library.folders.map((one) => ({ ...one, documentCount: 7 })),
          ...state.read,
        }),
    });
  const removeOther = (name: string) => {
    state.otherLibraries = state.otherLibraries.filter((library) => library.name !== name);
    events.publish({ type: 'library-removed', name });
  };
  const sharedAt = (address: string, access: 'read' | 'write') => ({
    ...{ address, access, writer: 'ada', seenAt: 0, problem: null },
  });
  const isTaken = (name: string) =>
    [state.library, ...state.otherLibraries].some((library) => library.name === name);

  return {
    libraries: {
      list: os.libraries.list.handler(() => [state.library, ...state.otherLibraries]),
      create: os.libraries.create.handler(({ input, errors }) => {
        if (isTaken(input.name)) {
          const message = `There is already a library "${input.name}".`;
          throw errors.APP_ERROR({ message, data: { code: 'conflict' } });
        }
        const { store } = input;
        const library = {
          ...emptyLibrary(input.name),
          ...(store ? { shared: sharedAt(store.at, 'write') } : {}),
        };
        state.otherLibraries.push(library);
        changed(library);
        return library;
      }),
      attach: os.libraries.attach.handler(({ input }) => {
        const library = { ...emptyLibrary(input.name ?? 'shared'), shared: sharedAt(input.at, 'read') };
        state.otherLibraries.push(library);
        changed(library);
        return library;
      }),
      rename: os.libraries.rename.handler(({ input }) => {
        const library = { ...emptyLibrary(input.name) };
        removeOther(input.library);
        state.otherLibraries.push(library);
        changed(library);
        return library;
      }),
      remove: os.libraries.remove.handler(({ input }) => removeOther(input.library)),
      index: os.libraries.index.handler(startIndex),
      export: os.libraries.export.handler(({ input, errors }) => {
        if (input.path.includes('there-already')) {
          const message = `${input.path} is there already. Choose another name.`;
          throw errors.APP_ERROR({ message, data: { code: 'conflict' } });
        }
        return jobs.start({
          kind: 'export',
          library: input.library,
          title: `Export ${input.library}`,
          unit: 'files',
          total: 3,
          result: { path: input.path, bytes: 1000, files: 3, withIndex: input.withIndex },
        });
      }),
      lookInto: os.libraries.lookInto.handler(({ input, errors }) => {
        if (input.path.endsWith('.llara')) return state.archive;
        const message = `${input.path} is no library that was exported.`;
        throw errors.APP_ERROR({ message, data: { code: 'path-not-readable' } });
      }),
      import: os.libraries.import.handler(({ input, errors }) => {
        const name = input.name ?? state.archive.library;
        if (isTaken(name)) {
          const message = `There is already a library "${name}".`;
          throw errors.APP_ERROR({ message, data: { code: 'conflict' } });
        }
        const paths = state.archive.folders.map(
          ({ path }) => input.map.find(({ from }) => from === path)?.to ?? path,
        );
        const folders = paths.map((path, index) => ({ ...fakeFolder, id: `imported-${index}`, path }));
        return jobs.start({
          kind: 'import',
          library: null,
          title: `Import ${name}`,
          unit: 'files',
          total: 3,
          result: { library: name, files: 3, withIndex: state.archive.withIndex, folders: paths },
          onCompleted: () => {
            const library = { ...emptyLibrary(name), folders };
            state.otherLibraries.push(library);
            changed(library);
          },
        });
      }),
    },
    folders: {
      add: os.folders.add.handler(({ input, errors }) => {
        if (input.path.includes('missing')) {
          const message = `There is no folder ${input.path}.`;
          throw errors.APP_ERROR({ message, data: { code: 'path-not-readable' } });
        }
        const { path, exclude } = input;
        const isFile = isFilePath(path);
        const added = { ...fakeFolder, id: randomUUID(), path, isFile, exclude, documentCount: 0 };
        setDefault({ folders: [...state.library.folders, added] });
        return { folder: added, ...startIndex() };
      }),
      update: os.folders.update.handler(({ input }) => {
        setDefault({
          folders: state.library.folders.map((one) =>
            one.id === input.folderId
              ? {
                  ...one,
                  exclude: input.exclude ?? one.exclude,
                  recognise: input.recognise ?? one.recognise,
                }
              : one,
          ),
        });
        return startIndex();
      }),
      remove: os.folders.remove.handler(({ input }) => {
        setDefault({
          ...emptyLibrary('default'),
          folders: state.library.folders.filter((one) => one.id !== input.folderId),
        });
      }),
      suggest: os.folders.suggest.handler(() =>
        state.suggested.filter(({ path }) => !state.library.folders.some((folder) => folder.path === path)),
      ),
      preview: os.folders.preview.handler(({ input, errors }) => {
        if (input.path.includes('missing')) {
          const message = `There is no folder ${input.path}.`;
          throw errors.APP_ERROR({ message, data: { code: 'path-not-readable' } });
        }
        const leftOut = fakePreview.leftOut.filter(({ name }) => !input.exclude.includes(`!${name}`));
        return { ...fakePreview, leftOut };
      }),
      browse: os.folders.browse.handler(({ input }) => {
        const path = input.path ?? '/home/ada';
        const isFile = isFilePath(path);
        const folder = isFile ? posix.dirname(path) : path;
        const isHome = folder === '/home/ada';
        const named = (names: string[]) => names.map((name) => ({ name, path: posix.join(folder, name) }));
        return {
          path,
          isFile,
          parent: folder === '/' ? null : posix.dirname(folder),
          folders: named(isHome ? ['Documents', 'Music', 'Pictures'] : []),
          files: named(isHome ? ['lease.pdf', 'notes.md'] : []),
        };
      }),
    },
  };
}

/** By its name alone: there is no disk. */
const isFilePath = (path: string): boolean => posix.extname(path) !== '';
