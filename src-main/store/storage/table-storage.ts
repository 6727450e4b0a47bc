/**
 * Where the tables of a library lie, as the store needs it: a folder of this machine, or a place that several machines reach. Everything that
 * differs between the two is behind this.
 */
import type { Table } from '@lancedb/lancedb';
import type { Schema } from 'apache-arrow';

/** A small text beside the tables, such as by which rules the terms were made. */
export interface StoreNote {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** When files that no version of a table names, and versions that are not the newest, may go. */
export type Upkeep = {
  /** Whether another machine may be reading an older version, or have begun a write that has not ended. */
  isShared: boolean;
};

/** How a table is opened. */
export type OpenedFor = { isReadOnly: boolean; upkeep: Upkeep };

/** By the one process that has it. */
export const alone: OpenedFor = { isReadOnly: false, upkeep: { isShared: false } };

export interface TableStorage {
  /** For messages: a folder or a URI. */
  readonly address: string;
  /** Nothing is written, and nothing that is damaged is mended. */
  readonly isReadOnly: boolean;
  readonly upkeep: Upkeep;
  /** Names of the tables that the store made. */
  list(): Promise<string[]>;
  /** Null where there is none; what a kill in mid-creation left counts as none. */
  open(name: string): Promise<Table | null>;
  create(name: string, schema: Schema): Promise<Table>;
  /** Does nothing where there is none. */
  drop(name: string): Promise<void>;
  note(name: string): StoreNote;
  /** Called before every write, in the queue. Throws where this process may not write, or not any more. */
  beforeWrite(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}
