/** The OpenAPI document that a running engine gives, by the specification's own schema. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { describeApi } from '../../../src-main/host/describe-api.ts';

test('the description of the calls is valid', async () => {
  const description = JSON.parse(JSON.stringify(await describeApi('1.2.3')));
  const validator = new Validator();
  const { valid, errors } = await validator.validate(description);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toMatch(/^3\.1/);
  expect(Object.keys(description.paths).length).toBeGreaterThan(30);
});
