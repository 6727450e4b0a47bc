/**
 * Arrow as LanceDB loads it. The package comes twice, as ES modules and as CommonJS, which is what LanceDB takes: importing it here would load
 * all of it a second time, some 130 files at every start.
 */
import { createRequire } from 'node:module';

const arrow = createRequire(import.meta.url)('apache-arrow') as typeof import('apache-arrow');

export const {
  Binary,
  Field,
  FixedSizeList,
  Float16,
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  vectorFromArray,
} = arrow;
