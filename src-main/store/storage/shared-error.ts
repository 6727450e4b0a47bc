/**
 * What an object store's client reports, in words that a person can act on. Its messages may quote what was sent, so keys of the environment are
 * taken out of everything that is kept of them.
 */
import { AppError } from '../../common/app-error.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';

type Known = { pattern: RegExp; code: ErrorCode; says: (what: string) => string };

const known: readonly Known[] = [
  {
    pattern:
      /NoSuchBucket|specified bucket does not exist|ContainerNotFound|bucket (does )?not (exist|found)/i,
    code: 'not-found',
    says: (what) =>
      `There is no such bucket (${what}). Check the address, the region and the endpoint, or make the bucket first.`,
  },
  {
    pattern:
      /CredentialsNotLoaded|Failed to get \w+ credentials|no credentials|credential provider|NoCredentials|could not find credentials|Missing(AccessKeyId|SecretAccessKey)|169\.254\.169\.254|InvalidCredentials|metadata\.google/i,
    code: 'access-denied',
    says: (what) =>
      `There are no credentials for the store in the environment (${what}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what your store takes in their place, and start again.`,
  },
  {
    pattern:
      /InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|AuthenticationFailed|InvalidAuthenticationInfo|status: 401/i,
    code: 'access-denied',
    says: (what) =>
      `The store does not accept the credentials of the environment (${what}). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what your store takes in their place, and start again.`,
  },
  {
    pattern: /AccessDenied|AllAccessDisabled|Forbidden|status: 403|AuthorizationPermissionMismatch/i,
    code: 'access-denied',
    says: (what) =>
      `The store does not allow this (${what}). Ask whoever keeps it for the right to read, and to write where the library is yours.`,
  },
  {
    // Whatever else it reports of a request: a table is taken for damaged only by what was read of it.
    pattern:
      /Generic [\w/]+ error(?!.*(not found|NoSuchKey|status: 404))|kind: Connect|Connect(ion)?(Refused|Reset|Aborted)|Connection (refused|reset|closed|aborted)|error sending request|dns error|tcp connect|IncompleteMessage|kind: (Timeout|Request|Interrupted|Unknown|Decode)|operation timed out|TimedOut|timed out|BrokenPipe|UnexpectedEof|error decoding response|status: 5\d\d|SlowDown|ServiceUnavailable/i,
    code: 'unreachable',
    says: (what) =>
      `The store cannot be reached (${what}). Nothing is lost: check the connection and try again; an index run goes on where it was.`,
  },
];

/** Null for what no object store said. */
export function sharedError(error: unknown, what: string): AppError | null {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error));
  if (!/object_store|S3|GCS|Gcs|Azure|http|namespace|CredentialsNotLoaded|RetryError/i.test(message))
    return null;
  const found = known.find(({ pattern }) => pattern.test(message));
  return found ? new AppError(found.code, found.says(what), { cause: new Error(message) }) : null;
}

const secretNames =
  /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AZURE_STORAGE_.*(KEY|TOKEN|SECRET)|AZURE_.*SECRET|GOOGLE_.*(KEY|CREDENTIALS)|GOOGLE_SERVICE_ACCOUNT.*)$/i;

/** The text without any key that the environment holds, and without what servers quote of signed requests. */
export function withoutSecrets(text: string, environment: NodeJS.ProcessEnv = process.env): string {
  let clean = text.replaceAll(
    /<(AWSAccessKeyId|StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes|SignatureProvided)>[^<]*<\/\1>/g,
    '',
  );
  for (const [name, value] of Object.entries(environment)) {
    if (value && value.length >= 4 && secretNames.test(name)) clean = clean.replaceAll(value, '…');
  }
  return clean;
}
