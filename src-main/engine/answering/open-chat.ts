/** The chat model that the settings name, ready to be asked. Nobody is asked unless a person has chosen somebody. */
import { join } from 'node:path';
import type { Chat } from '../../answering/chat/chat.ts';
import { ggufChat } from '../../answering/chat/gguf-chat.ts';
import { openServerChat } from '../../answering/chat/open-ai-server.ts';
import { AppError } from '../../common/app-error.ts';
import type { Settings } from '../../contract/settings.ts';
import type { DevicePacks } from '../../llara/device/device-packs.ts';
import type { ChatModels } from '../models/chat-models.ts';

export type ChatSettings = Pick<
  Settings,
  'chatSource' | 'chatServer' | 'chatServerModel' | 'chatModel' | 'threads' | 'device'
>;

/** Throws `model-missing` where none is chosen or the one that is cannot be reached. */
export async function openChat(
  settings: ChatSettings,
  { models, home, packs }: { models: ChatModels; home: string; packs: DevicePacks },
  signal?: AbortSignal,
): Promise<Chat> {
  const { chatSource, chatServer, chatServerModel, chatModel, threads, device } = settings;
  switch (chatSource) {
    case 'none':
      throw new AppError(
        'model-missing',
        'No chat model is chosen, so questions are not answered. Choose one under Settings, or with: llara models chat',
      );
    case 'server':
      return await openServerChat(chatServer, chatServerModel, signal);
    case 'model': {
      const { path, sizeBytes, description } = await models.find(chatModel);
      return ggufChat({
        ...description,
        modelPath: path,
        fileBytes: sizeBytes,
        directory: join(home, 'chat'),
        threads,
        device,
        packDirectory: packs.directoryOf('cuda'),
      });
    }
  }
}
