/** Makes the OpenAPI document of the contract, for people who write programs of their own against a running engine. */
import { type ConditionalSchemaConverter, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { z } from 'zod';
import { contract } from '../contract/contract.ts';

export type ApiDocument = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

export async function describeApi(version: string): Promise<ApiDocument> {
  const generator = new OpenAPIGenerator({
    schemaConverters: [bytesConverter, new ZodToJsonSchemaConverter()],
  });
  return await generator.generate(contract, {
    info: {
      title: 'Llara',
      version,
      description:
        'Search your own documents on your own machine. Every call needs the token of the running engine: ' +
        'it is in engine.json in the data folder, beside the address.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  });
}

/** A schema of raw bytes has no JSON form; in the document it is a body of any media type. */
const bytesConverter: ConditionalSchemaConverter = {
  condition: (schema) => schema instanceof z.ZodCustom && schema.safeParse(new Blob([])).success,
  convert: () => [true, { type: 'string', contentMediaType: '*/*' }],
};
