/** What a bucket of the test's S3 server holds: objects in memory, with the conditions under which they are written, and uploads in parts. */
import { createHash, randomUUID } from 'node:crypto';

export type StoredObject = { body: Buffer; etag: string; modifiedAt: Date };

export type Conditions = { ifMatch?: string | undefined; ifNoneMatch?: string | undefined };

export class BucketObjects {
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, { key: string; parts: Map<number, StoredObject> }>();

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  keys(): string[] {
    return [...this.#objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  /** The object, or the code with which S3 refuses the write. One thread runs all of it, so that test and write are one step. */
  put(key: string, body: Buffer, conditions: Conditions): StoredObject | 'PreconditionFailed' | 'NoSuchKey' {
    const refusal = this.#refusal(key, conditions);
    if (refusal) return refusal;
    const stored = objectOf(body);
    this.#objects.set(key, stored);
    return stored;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  beginUpload(key: string): string {
    const id = randomUUID();
    this.#uploads.set(id, { key, parts: new Map() });
    return id;
  }

  putPart(uploadId: string, number: number, body: Buffer): StoredObject | undefined {
    const part = objectOf(body);
    return this.#uploads.get(uploadId)?.parts.set(number, part) && part;
  }

  /** `numbers` as the request lists them. */
  completeUpload(
    uploadId: string,
    numbers: readonly number[],
    conditions: Conditions,
  ): StoredObject | 'PreconditionFailed' | 'NoSuchKey' | 'NoSuchUpload' | 'InvalidPart' {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return 'NoSuchUpload';
    const parts = numbers.map((number) => upload.parts.get(number));
    if (parts.some((part) => part === undefined)) return 'InvalidPart';
    const refusal = this.#refusal(upload.key, conditions);
    if (refusal) return refusal;
    const body = Buffer.concat(parts.map((part) => part!.body));
    const digests = Buffer.concat(parts.map((part) => createHash('md5').update(part!.body).digest()));
    const etag = `"${createHash('md5').update(digests).digest('hex')}-${parts.length}"`;
    const stored = { body, etag, modifiedAt: new Date() };
    this.#objects.set(upload.key, stored);
    this.#uploads.delete(uploadId);
    return stored;
  }

  abortUpload(uploadId: string): void {
    this.#uploads.delete(uploadId);
  }

  #refusal(key: string, { ifMatch, ifNoneMatch }: Conditions): 'PreconditionFailed' | 'NoSuchKey' | null {
    const present = this.#objects.get(key);
    if (ifNoneMatch === '*' && present) return 'PreconditionFailed';
    if (ifMatch === undefined) return null;
    if (!present) return 'NoSuchKey';
    return present.etag === ifMatch ? null : 'PreconditionFailed';
  }
}

const objectOf = (body: Buffer): StoredObject => ({
  body,
  etag: `"${createHash('md5').update(body).digest('hex')}"`,
  modifiedAt: new Date(),
});
