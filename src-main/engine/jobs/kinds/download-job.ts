/** Fetches a model of one of the catalogues, the data by which text of one language is recognised, or the libraries of a device. */
import { z } from 'zod';
import { AppError } from '../../../common/app-error.ts';
import { devicePackSchema } from '../../../contract/models.ts';
import { describeChatModel } from '../../../llara/describe-chat-model.ts';
import type { DevicePacks, PackName } from '../../../llara/device/device-packs.ts';
import { forgetDeviceVerdict } from '../../devices/device-verdict.ts';
import { installPack } from '../../devices/install-pack.ts';
import { downloadModel } from '../../models/download-model.ts';
import { downloadLanguage } from '../../recognition/download-language.ts';
import { languageCatalogue } from '../../recognition/language-catalogue.ts';
import type { JobControl } from '../job-control.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.union([
  z.object({ modelId: z.string() }),
  z.object({ languageCode: z.string() }),
  z.object({ pack: devicePackSchema.shape.name }),
]);

export const downloadJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: () => 'download',
  resumable: true,
  run: async (wanted, parts, control) => {
    if ('modelId' in wanted) return { path: await downloadOne(wanted.modelId, parts, control) };
    if ('pack' in wanted) {
      await installPack(wanted.pack, parts.packs, control);
      await forgetDeviceVerdict(parts.home);
      return { pack: wanted.pack };
    }
    await downloadLanguage(findLanguage(wanted.languageCode), parts.languageFiles, control);
    await parts.background.recogniseWhatIsLittle();
    return { code: wanted.languageCode };
  },
};

/** Resolves to where the file lies. */
async function downloadOne(
  modelId: string,
  { models, chatModels }: JobParts,
  control: JobControl,
): Promise<string> {
  const chat = chatModels.downloadSource(modelId);
  return chat
    ? await downloadModel(chat, chatModels.directory, control, describeChatModel)
    : await downloadModel(models.downloadSource(modelId), models.importedDirectory, control);
}

export function downloadRequest(modelId: string, name: string): JobRequest {
  return { kind: 'download', library: null, title: `Download ${name}`, params: { modelId } };
}

/** Throws `not-found`. */
export function languageDownloadRequest(languageCode: string): JobRequest {
  const { name } = findLanguage(languageCode);
  return {
    kind: 'download',
    library: null,
    title: `Download language data for ${name}`,
    params: { languageCode },
  };
}

/** Throws `not-supported` where there is none for this system. */
export function packDownloadRequest(pack: PackName, packs: DevicePacks): JobRequest {
  const version = packs.packagesOf(pack)[0]?.version ?? '';
  return {
    kind: 'download',
    library: null,
    title: `Download ${pack.toUpperCase()} ${version}`.trim(),
    params: { pack },
  };
}

function findLanguage(code: string) {
  const found = languageCatalogue.find((language) => language.code === code);
  if (found) return found;
  const known = languageCatalogue.map((language) => language.code).join(', ');
  throw new AppError('not-found', `There is no language "${code}" to download. There are: ${known}.`);
}
