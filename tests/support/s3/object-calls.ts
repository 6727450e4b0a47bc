/** The calls of S3 on one object. */
import type { IncomingMessage } from 'node:http';
import type { BucketObjects, Conditions, StoredObject } from './bucket-objects.ts';
import { element, errorXml, textsOf, xml } from './xml.ts';

export type Answer = {
  status: number;
  headers?: Record<string, string | number>;
  body?: Buffer;
  xml?: string;
};

type ObjectCall = {
  request: IncomingMessage;
  key: string;
  query: URLSearchParams;
  body: Buffer;
  bucket: string;
  buckets: ReadonlyMap<string, BucketObjects>;
};

export function answerObject(objects: BucketObjects, call: ObjectCall): Answer {
  const { request, key, query, body } = call;
  const upload = query.get('uploadId');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return get(objects, call);
    case 'PUT':
      return upload === null ? put(objects, call) : putPart(objects, upload, query, body, key);
    case 'POST':
      return upload === null ? beginUpload(objects, call) : completeUpload(objects, upload, call);
    case 'DELETE':
      if (upload === null) objects.delete(key);
      else objects.abortUpload(upload);
      return { status: 204 };
    default:
      return failure(405, 'MethodNotAllowed', 'The specified method is not allowed.', key);
  }
}

function get(objects: BucketObjects, { request, key }: ObjectCall): Answer {
  const found = objects.get(key);
  if (!found) return failure(404, 'NoSuchKey', 'The specified key does not exist.', key);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch, range } = request.headers;
  if (ifMatch !== undefined && ifMatch !== found.etag)
    return failure(412, 'PreconditionFailed', preconditionWords, key);
  if (ifNoneMatch !== undefined && (ifNoneMatch === '*' || ifNoneMatch === found.etag))
    return { status: 304, headers: { etag: found.etag } };
  const { body, etag, modifiedAt } = found;
  const headers = {
    etag,
    'last-modified': modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
  };
  if (request.method === 'HEAD')
    return { status: 200, headers: { ...headers, 'content-length': body.length } };
  if (range === undefined) return { status: 200, headers, body };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first === '' ? Math.max(0, body.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? body.length : Math.min(body.length, Number(last) + 1);
  if (start >= body.length)
    return failure(416, 'InvalidRange', 'The requested range is not satisfiable', key);
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end - 1}/${body.length}` },
    body: body.subarray(start, end),
  };
}

function put(objects: BucketObjects, { request, key, body, buckets }: ObjectCall): Answer {
  const source = request.headers['x-amz-copy-source'];
  if (typeof source !== 'string') return written(objects.put(key, body, conditionsOf(request)), key);
  const [from = '', ...rest] = decodeURIComponent(source).replace(/^\//, '').split('/');
  const copied = buckets.get(from)?.get(rest.join('/'));
  if (!copied) return failure(404, 'NoSuchKey', 'The specified key does not exist.', source);
  const answer = written(objects.put(key, copied.body, conditionsOf(request)), key);
  const { etag, modifiedAt } = copied;
  const result = xml(
    'CopyObjectResult',
    element('LastModified', modifiedAt.toISOString()),
    element('ETag', etag),
  );
  return answer.status === 200 ? { ...answer, xml: result } : answer;
}

function putPart(
  objects: BucketObjects,
  upload: string,
  query: URLSearchParams,
  body: Buffer,
  key: string,
): Answer {
  const part = objects.putPart(upload, Number(query.get('partNumber')), body);
  if (!part) return failure(404, 'NoSuchUpload', 'The specified upload does not exist.', key);
  return { status: 200, headers: { etag: part.etag } };
}

function beginUpload(objects: BucketObjects, { key, query, bucket }: ObjectCall): Answer {
  if (!query.has('uploads'))
    return failure(405, 'MethodNotAllowed', 'The specified method is not allowed.', key);
  const id = objects.beginUpload(key);
  return {
    status: 200,
    xml: xml(
      'InitiateMultipartUploadResult',
      element('Bucket', bucket),
      element('Key', key),
      element('UploadId', id),
    ),
  };
}

function completeUpload(
  objects: BucketObjects,
  upload: string,
  { request, key, body, bucket }: ObjectCall,
): Answer {
  const numbers = textsOf(body.toString(), 'PartNumber').map(Number);
  const answer = written(objects.completeUpload(upload, numbers, conditionsOf(request)), key);
  if (answer.status !== 200) return answer;
  const etag = String(answer.headers?.etag);
  return {
    status: 200,
    xml: xml(
      'CompleteMultipartUploadResult',
      element('Bucket', bucket),
      element('Key', key),
      element('ETag', etag),
    ),
  };
}

const conditionsOf = ({ headers }: IncomingMessage): Conditions => ({
  ifMatch: headers['if-match'],
  ifNoneMatch: headers['if-none-match'],
});

const preconditionWords = 'At least one of the pre-conditions you specified did not hold';

function written(result: StoredObject | string, key: string): Answer {
  if (typeof result !== 'string') return { status: 200, headers: { etag: result.etag } };
  if (result === 'PreconditionFailed') return failure(412, result, preconditionWords, key);
  if (result === 'InvalidPart')
    return failure(400, result, 'One or more of the parts could not be found.', key);
  return failure(404, result, 'The specified key or upload does not exist.', key);
}

export const failure = (status: number, code: string, message: string, resource: string): Answer => ({
  status,
  xml: errorXml(code, message, resource),
});
