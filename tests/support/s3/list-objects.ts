/** S3's listing of a bucket: by prefix, in pages, with everything below a delimiter as one entry. */
import type { BucketObjects } from './bucket-objects.ts';
import { element, xml } from './xml.ts';

export function listObjects(objects: BucketObjects, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Number(query.get('max-keys') ?? 1000);
  const token = query.get('continuation-token');
  const after = token ? Buffer.from(token, 'base64').toString() : (query.get('start-after') ?? '');
  const entries = new Map<string, string>();
  let last = '';
  let isTruncated = false;
  for (const key of objects.keys()) {
    if (
      !key.startsWith(prefix) ||
      key <= after ||
      (after.endsWith('/') && delimiter && key.startsWith(after))
    )
      continue;
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const common = end < 0 ? null : key.slice(0, end + delimiter.length);
    if (common !== null && entries.has(common)) continue;
    if (entries.size >= most) {
      isTruncated = true;
      break;
    }
    last = common ?? key;
    entries.set(last, common === null ? contents(objects, key) : commonPrefix(common));
  }
  return xml(
    'ListBucketResult',
    element('Name', bucket),
    element('Prefix', prefix),
    element('KeyCount', String(entries.size)),
    element('MaxKeys', String(most)),
    element('IsTruncated', String(isTruncated)),
    isTruncated ? element('NextContinuationToken', Buffer.from(last).toString('base64')) : '',
    ...entries.values(),
  );
}

function contents(objects: BucketObjects, key: string): string {
  const { body, etag, modifiedAt } = objects.get(key)!;
  return `<Contents>${element('Key', key)}${element('LastModified', modifiedAt.toISOString())}${element('ETag', etag)}${element('Size', String(body.length))}<StorageClass>STANDARD</StorageClass></Contents>`;
}

const commonPrefix = (prefix: string): string =>
  `<CommonPrefixes>${element('Prefix', prefix)}</CommonPrefixes>`;
