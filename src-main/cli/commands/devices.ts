/** `llara devices`: what encoders can run on, and the packs of libraries that can be fetched for it. */
import { Argument, type Command } from 'commander';
import { type Device, type DevicePack, devicePackSchema } from '../../contract/models.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { showJob } from '../output/show-job.ts';

type PackName = DevicePack['name'];

export function addDevicesCommand(program: Command, run: RunCommand): void {
  const devices = program.command('devices').description('show what encoders can run on, and fetch CUDA');
  const named = () =>
    new Argument('<pack>', 'libraries for a kind of device').choices(devicePackSchema.shape.name.options);
  addCommand(devices, 'list', 'try each device and show what was found', { isDefault: true }).action(
    (options: SharedOptions) => run(options, listDevices),
  );
  addCommand(devices, 'install', 'fetch a pack of libraries, such as cuda')
    .addArgument(named())
    .action((pack: PackName, options: SharedOptions) =>
      run(options, (context) => installPack(context, pack)),
    );
  addCommand(devices, 'remove', 'delete a pack that was fetched')
    .addArgument(named())
    .action((pack: PackName, options: SharedOptions) => run(options, (context) => removePack(context, pack)));
}

async function listDevices(context: CommandContext): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const [devices, packs] = [await client.devices.list(), await client.devices.packs()];
    if (json) terminal.printJson({ devices, packs });
    else {
      terminal.print(devices.map(formatDevice).join('\n') || 'No device was found.');
      if (packs.length > 0) terminal.print(packs.map(formatPack).join('\n'));
    }
    return exitCodes.success;
  });
}

async function installPack(context: CommandContext, name: PackName): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    await showJob(context, client, () => client.devices.install({ pack: name }));
    const found = (await client.devices.list()).filter(({ backend }) => backend === name);
    const pack = (await client.devices.packs()).find((one) => one.name === name);
    if (json) terminal.printJson({ pack, devices: found });
    else {
      terminal.print(`${name} is here. What the trial found:`);
      terminal.print(found.map(formatDevice).join('\n') || '  No device.');
      terminal.print(
        found.some(({ usable }) => usable)
          ? 'It is used from the next start on.'
          : `Llara computes as before. To remove it: llara devices remove ${name}`,
      );
    }
    return exitCodes.success;
  });
}

async function removePack(context: CommandContext, name: PackName): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    await client.devices.remove({ pack: name });
    if (json) terminal.printJson({ removed: name });
    else terminal.print(`${name} is removed.`);
    return exitCodes.success;
  });
}

function formatDevice(device: Device): string {
  const memory = device.memoryBytes === null ? [] : [`${(device.memoryBytes / 1024 ** 3).toFixed(1)} GB`];
  const pace = device.chunksPerSecond === null ? [] : [`${device.chunksPerSecond.toFixed(1)} passages/s`];
  const probe = device.probe === null ? [] : [device.probe];
  const facts = [device.backend, ...memory, ...pace, ...probe].join(', ');
  return `${device.active ? '*' : ' '} ${device.name}  ${device.description}  (${facts})`;
}

function formatPack({ name, version, state, sizeBytes, hasDriver }: DevicePack): string {
  const size = sizeBytes === null ? 'size not known' : `${(sizeBytes / 1e6).toFixed(0)} MB`;
  const fetch = `to fetch it, ${size}: llara devices install ${name}`;
  const words = {
    along: 'installed along by npm',
    installed: `fetched, ${size} on the disk`,
    outdated: `fetched for an earlier version and not used; ${fetch}`,
    absent: hasDriver ? fetch : `not here, and there is no NVIDIA driver; ${fetch}`,
  }[state];
  return `  pack ${name} ${version}  (${words})`;
}
