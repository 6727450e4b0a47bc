/** Addresses of shared stores as people type them, and what of an object store's words a person is shown. */
import { describe, expect, test } from 'vitest';
import { readSharedAddress } from '../../../src-main/store/storage/shared-address.ts';
import { sharedError, withoutSecrets } from '../../../src-main/store/storage/shared-error.ts';

describe('addresses', () => {
  test.each([
    ['s3://bucket/path', 's3://bucket/path'],
    ['S3://Bucket/a//b/', 's3://Bucket/a/b'],
    ['gs://bucket/a', 'gs://bucket/a'],
    ['az://container/a', 'az://container/a'],
    ['/mnt/team/', '/mnt/team'],
  ])('%s is %s', (typed, uri) => {
    expect(readSharedAddress({ uri: typed })).toEqual({ uri });
  });

  test.each([
    ['s3://bucket', 'bad-request'],
    ['s3://bucket/', 'bad-request'],
    ['https://example.org/x', 'bad-request'],
    ['some/path', 'bad-request'],
    ['s3://id:hush@bucket/path', 'bad-request'],
    ['s3://bucket/path?secret=hush', 'bad-request'],
    ['db://team', 'not-supported'],
  ])('%s is refused, and nothing of a key is repeated', (uri, code) => {
    const failure = (): unknown => {
      try {
        return readSharedAddress({ uri });
      } catch (error) {
        return error;
      }
    };
    expect(failure()).toMatchObject({ code, message: expect.not.stringContaining('hush') });
  });

  test.each(['http://user:hush@host', 'https://host/path', 'ftp://host', 'https://host?x=hush'])(
    'the endpoint %s is refused',
    (endpoint) => {
      expect(() => readSharedAddress({ uri: 's3://bucket/path', endpoint })).toThrow(/An endpoint is http/);
    },
  );

  test('an endpoint and a region are kept', () => {
    const address = { uri: 's3://b/p', region: 'eu-central-1', endpoint: 'http://127.0.0.1:9000/' };
    expect(readSharedAddress(address)).toEqual({ ...address, endpoint: 'http://127.0.0.1:9000' });
  });
});

describe('what an object store says', () => {
  test.each([
    ['Generic S3 error: … status: 404, body: NoSuchBucket', 'not-found'],
    ['Generic S3 error: … InvalidAccessKeyId', 'access-denied'],
    ['Generic S3 error: … SignatureDoesNotMatch', 'access-denied'],
    ['Generic S3 error: … ExpiredToken', 'access-denied'],
    ['Generic S3 error: … <Code>AccessDenied</Code>', 'access-denied'],
    ['Generic S3 error: … CredentialsNotLoaded', 'access-denied'],
    ['Failed to connect to namespace: Failed to get AWS credentials: Forbidden', 'access-denied'],
    ['Generic S3 error: … Connection refused', 'unreachable'],
    ['Generic S3 error: … dns error: failed to lookup address', 'unreachable'],
    ['Generic S3 error: … operation timed out', 'unreachable'],
    ['Generic S3 error: … status: 503, body: SlowDown', 'unreachable'],
  ])('%s is %s', (message, code) => {
    expect(sharedError(new Error(message), 'reading')).toMatchObject({ code });
  });

  test('an object that is gone is not taken for a broken connection, and an answer of an unknown kind is', () => {
    const gone = 'Generic S3 error: Object at location team/x.lance not found: NoSuchKey';
    expect(sharedError(new Error(gone), 'reading')).toBeNull();
    expect(
      sharedError(new Error('Generic S3 error: request or response body error'), 'reading'),
    ).toMatchObject({
      code: 'unreachable',
    });
  });

  test('what is no word of an object store is left to others', () => {
    expect(sharedError(new Error('lance error: Corrupt data file'), 'reading')).toBeNull();
  });

  test('keys of the environment and quotations of signed requests are taken out', () => {
    const environment = {
      AWS_ACCESS_KEY_ID: 'AKIAQUIET',
      AWS_SECRET_ACCESS_KEY: 'hush-hush',
      AWS_SESSION_TOKEN: 'token-quiet',
      AZURE_STORAGE_ACCOUNT_KEY: 'azure-quiet',
      HOME: '/home/ada',
    };
    const text =
      'for AKIAQUIET hush-hush token-quiet azure-quiet <StringToSign>AWS4-HMAC secret stuff</StringToSign> in /home/ada';
    const clean = withoutSecrets(text, environment);
    expect(clean).not.toMatch(/QUIET|hush|quiet|secret stuff/);
    expect(clean).toContain('/home/ada');
  });
});
