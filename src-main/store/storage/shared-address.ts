/** The address of a store that several machines reach. What opens it is never part of it: keys come from the environment alone. */
import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';

/** `region` and `endpoint` as the object store needs them where its own configuration does not say. */
export const sharedAddressSchema = z.object({
  uri: z.string().min(1),
  region: z.string().min(1).optional(),
  endpoint: z.url().optional(),
});
export type SharedAddress = z.infer<typeof sharedAddressSchema>;

const forms = 's3://BUCKET/PATH, gs://BUCKET/PATH, az://CONTAINER/PATH, or the absolute path of a folder';

/** Brings an address that a person typed into its one form. Throws `bad-request` for one that is none. */
export function readSharedAddress({ uri, region, endpoint }: SharedAddress): SharedAddress {
  const kept = { ...(region ? { region } : {}), ...(endpoint ? { endpoint: withoutSlash(endpoint) } : {}) };
  if (endpoint && !/^https?:\/\/[^/@?#]+$/.test(kept.endpoint ?? ''))
    throw new AppError(
      'bad-request',
      'An endpoint is http:// or https://, a host and a port, and nothing else.',
    );
  if (isAbsolute(uri)) return { uri: withoutSlash(normalize(uri)), ...kept };
  // Not repeated in the message: somebody may have put a key into it.
  if (/[@?#\s]/.test(uri)) {
    throw new AppError(
      'bad-request',
      `The address of a library holds no name, key or option: it is ${forms}. Keys are read from the environment.`,
    );
  }
  if (/^db:/i.test(uri)) {
    throw new AppError(
      'not-supported',
      'LanceDB Cloud (db://) keeps tables in another way, without what a library needs of them. Use an object store.',
    );
  }
  const parsed = /^(s3|gs|az):\/\/([^/]+)\/(.+)$/i.exec(uri);
  const path = parsed?.[3]?.split('/').filter(Boolean).join('/');
  if (!parsed || !path)
    throw new AppError('bad-request', `“${uri}” is no address of a library: it is ${forms}.`);
  return { uri: `${parsed[1]?.toLowerCase()}://${parsed[2]}/${path}`, ...kept };
}

const withoutSlash = (text: string): string => (text.length > 1 ? text.replace(/[/\\]+$/, '') : text);

/** Enough to get over a short break; what is cut off says so after some three seconds, of which LanceDB tries twice in each of three layers. */
const patience = {
  connect_timeout: '5s',
  timeout: '30s',
  client_max_retries: '2',
  client_retry_timeout: '10',
  lance_aimd_max_retries: '1',
};

/** What LanceDB is to be told about the way to the store. */
export function storageOptions({ uri, region, endpoint }: SharedAddress): Record<string, string> {
  if (isAbsolute(uri)) return {};
  return {
    ...patience,
    ...(endpoint ? { endpoint, allow_http: String(endpoint.startsWith('http:')) } : {}),
    ...regionOf(uri, region, endpoint),
  };
}

/** Without one the client would ask the network for it, where a store of another supplier takes any. */
function regionOf(
  uri: string,
  region: string | undefined,
  endpoint: string | undefined,
): { region?: string } {
  if (region) return { region };
  const isStated = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  return uri.startsWith('s3:') && endpoint && !isStated ? { region: 'us-east-1' } : {};
}
