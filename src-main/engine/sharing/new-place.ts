/** Where a library is to be that is created or attached at an address which several machines reach. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../common/app-error.ts';
import { type AttachRequest, libraryNameSchema, type StoreAddress } from '../../contract/libraries.ts';
import { readSharedAddress, type SharedAddress } from '../../store/storage/shared-address.ts';
import { SharedStorage } from '../../store/storage/shared-storage.ts';
import type { LibraryPlace } from './library-place.ts';
import { readAbout } from './published-about.ts';

/** Throws `bad-request` for an address that is none. */
export function placeToCreate(store: StoreAddress, isTakingOver: boolean): LibraryPlace {
  const place = { ...addressOf(store), access: 'write' as const, owner: randomUUID(), leaseToken: null };
  return isTakingOver ? { ...place, isTakingOver } : place;
}

/** Throws `not-found` where there is no library, `conflict` where no name is free, and what `SharedStorage.open` throws. */
export async function placeToRead(
  { name, ...store }: AttachRequest,
  isFree: (name: string) => boolean,
): Promise<{ name: string; place: LibraryPlace }> {
  const address = addressOf(store);
  const storage = await SharedStorage.open(address, { holder: null });
  try {
    const about = await readAbout(storage.rows, address.uri);
    const last = address.uri.split(/[/\\]/).at(-1) ?? '';
    const wanted = name === undefined ? [about?.name ?? '', nameFrom(last)] : [name];
    const free = wanted.find(
      (candidate) => libraryNameSchema.safeParse(candidate).success && isFree(candidate),
    );
    if (free === undefined) {
      throw new AppError(
        'conflict',
        `There is already a library "${wanted[0]}" here. Give the other one another name (llara library attach ${address.uri} --name NAME).`,
      );
    }
    return { name: free, place: { ...address, access: 'read', owner: randomUUID(), leaseToken: null } };
  } finally {
    await storage.close();
  }
}

const addressOf = ({ at, region, endpoint }: StoreAddress): SharedAddress =>
  readSharedAddress({ uri: at, ...(region ? { region } : {}), ...(endpoint ? { endpoint } : {}) });

/** `My Papers_2` → `my-papers-2`. */
const nameFrom = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
