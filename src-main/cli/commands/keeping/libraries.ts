/** `llara library`: makes libraries, here or where other machines reach them, opens those of other machines, and forgets them. */
import { isAbsolute, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Library, SharedPlace, StoreAddress } from '../../../contract/libraries.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import { libraryName } from '../../parse-option.ts';

type WayOptions = SharedOptions & { region?: string; endpoint?: string };
type CreateOptions = WayOptions & { at?: string; takeOver?: boolean };
type AttachOptions = WayOptions & { name?: string };

export function addLibraryCommand(program: Command, run: RunCommand): void {
  const library = program.command('library').description('make libraries, open those of others, forget them');
  addCommand(library, 'list', 'list the libraries and where each is kept', { isDefault: true }).action(
    (options: SharedOptions) => run(options, list),
  );
  withWay(
    addCommand(library, 'create', 'make a library')
      .argument('<name>', 'its name', libraryName)
      .option('--at <address>', 'keep its index where other machines reach it, such as s3://bucket/path')
      .option('--take-over', 'write from here what another machine wrote there until now'),
  ).action((name: string, options: CreateOptions) =>
    run(options, (context) => create(context, name, options)),
  );
  withWay(
    addCommand(
      library,
      'attach <address>',
      'search a library that another machine writes, such as s3://bucket/path',
    ).option('--name <name>', 'what it is to be called here', libraryName),
  ).action((address: string, options: AttachOptions) =>
    run(options, (context) => attach(context, address, options)),
  );
  addCommand(library, 'remove', 'forget a library; documents, and what others reach, stay where they are')
    .argument('<name>', 'which one', libraryName)
    .action((name: string, options: SharedOptions) => run(options, (context) => remove(context, name)));
}

const withWay = (command: Command): Command =>
  command
    .option('--region <region>', 'region of the object store, where its own settings do not say')
    .option(
      '--endpoint <url>',
      'address of an object store that is not of the first supplier, such as https://minio.local:9000',
    );

async function list(context: CommandContext): Promise<ExitCode> {
  return await withEngine(context, async (client) => {
    const { libraries, unavailableLibraries } = await client.engine.snapshot();
    if (context.json) {
      const shown = libraries.map(({ name, counts, shared }) => ({
        name,
        documents: counts.indexed,
        shared,
      }));
      context.terminal.printJson({ libraries: shown, unavailableLibraries });
      return exitCodes.success;
    }
    for (const library of libraries) context.terminal.print(describe(library));
    for (const { name, reason } of unavailableLibraries)
      context.terminal.print(`${name}  cannot be opened. ${reason}`);
    return exitCodes.success;
  });
}

async function create(context: CommandContext, name: string, options: CreateOptions): Promise<ExitCode> {
  const { at, takeOver = false } = options;
  const store = at === undefined ? {} : { store: addressOf(at, options) };
  return await withEngine(context, async (client) => {
    const library = await client.libraries.create({ name, ...store, takeOver });
    const next = `Add a folder with: llara index FOLDER --library ${name}`;
    if (context.json) context.terminal.printJson(library);
    else context.terminal.print(`${describe(library)}\n${next}`);
    return exitCodes.success;
  });
}

async function attach(context: CommandContext, address: string, options: AttachOptions): Promise<ExitCode> {
  const { name } = options;
  return await withEngine(context, async (client) => {
    const request = { ...addressOf(address, options), ...(name === undefined ? {} : { name }) };
    const library = await client.libraries.attach(request);
    const next = `Search it with: llara search QUESTION --library ${library.name}`;
    if (context.json) context.terminal.printJson(library);
    else context.terminal.print(`${describe(library)}\n${next}`);
    return exitCodes.success;
  });
}

async function remove(context: CommandContext, name: string): Promise<ExitCode> {
  return await withEngine(context, async (client) => {
    const { libraries } = await client.engine.snapshot();
    const shared = libraries.find((library) => library.name === name)?.shared;
    await client.libraries.remove({ library: name });
    if (context.json) context.terminal.printJson({ removed: name, left: shared?.address ?? null });
    else
      context.terminal.print(
        `Forgotten: ${name}${shared ? `. What is at ${shared.address} stays there.` : ''}`,
      );
    return exitCodes.success;
  });
}

/** A path is meant from here, not from where a running engine was started. */
function addressOf(at: string, { region, endpoint }: WayOptions): StoreAddress {
  const isPath = !/^[a-z][a-z0-9+.-]*:\/\//i.test(at) && !isAbsolute(at);
  return {
    at: isPath ? resolve(at) : at,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function describe({ name, counts, chunkCount, shared }: Library): string {
  return `${name}  ${counts.indexed} documents, ${chunkCount} passages, ${shared ? whereItIs(shared) : 'on this machine'}`;
}

/** `at s3://bucket/path, written by ADA` or `…, written from here`. */
export function whereItIs({ address, access, writer, problem }: SharedPlace): string {
  const by =
    access === 'write' ? 'written from here' : `written by ${writer ?? 'another machine'}, only read here`;
  return `at ${address}, ${by}${problem === null ? '' : `; readers do not get changes: ${problem}`}`;
}
