/** The vector indexes that LanceDB offers for vectors of 384 numbers in half precision, and how widely each is asked. */
import { Index } from '@lancedb/lancedb';

/** How wide a question looks: partitions, candidates of a graph, and how many times the wanted number is compared exactly. */
export type Width = { probes?: number; ef?: number; refine?: number };

type IndexKind = {
  /** Null for none: every vector is compared. */
  config: ((rows: number) => Index) | null;
  /** Each list from quick to thorough: of each, the first that finds enough is taken. */
  widths: readonly (readonly Width[])[];
};

/** As the product has it (`src-main/store/tables/vector-index.ts`). */
const partitionsOf = (rows: number) => Math.ceil(rows / 1000);
/** Graphs are built within partitions; few large ones are what they are made for. */
const graphPartitionsOf = (rows: number) => Math.max(1, Math.round(rows / 100_000));
const probes = [2, 4, 8, 16, 32, 64, 128];
/** Partitions are added until enough is found, for each number of candidates that are compared exactly. */
const byProbes = (refines: readonly (number | null)[]): Width[][] =>
  refines.map((refine) => probes.map((count) => (refine ? { probes: count, refine } : { probes: count })));
const pq = (numSubVectors: number): IndexKind => ({
  config: (rows) => Index.ivfPq({ distanceType: 'dot', numPartitions: partitionsOf(rows), numSubVectors }),
  widths: byProbes([null, 2, 4, 8]),
});
const rq = (numBits: number): IndexKind => ({
  config: (rows) => Index.ivfRq({ distanceType: 'dot', numPartitions: partitionsOf(rows), numBits }),
  widths: byProbes([null, 2, 4, 8]),
});
/** A graph wants at least as many candidates as are compared exactly, and a search compares 150 times `refine`. */
const byCandidates: Width[][] = [
  [200, 400, 800].map((ef) => ({ probes: 128, ef })),
  [400, 800].map((ef) => ({ probes: 128, ef, refine: 2 })),
  [800, 1600].map((ef) => ({ probes: 128, ef, refine: 4 })),
];

export const indexKinds: Record<string, IndexKind> = {
  none: { config: null, widths: [[{}]] },
  IVF_FLAT: {
    config: (rows) => Index.ivfFlat({ distanceType: 'dot', numPartitions: partitionsOf(rows) }),
    widths: byProbes([null]),
  },
  'IVF_PQ, 48 bytes': pq(48),
  'IVF_PQ, 96 bytes': pq(96),
  'IVF_PQ, 192 bytes': pq(192),
  'IVF_RQ, 1 bit': rq(1),
  'IVF_RQ, 4 bits': rq(4),
  IVF_HNSW_SQ: {
    config: (rows) => Index.hnswSq({ distanceType: 'dot', numPartitions: graphPartitionsOf(rows) }),
    widths: byCandidates,
  },
  'IVF_HNSW_PQ, 96 bytes': {
    config: (rows) =>
      Index.hnswPq({ distanceType: 'dot', numPartitions: graphPartitionsOf(rows), numSubVectors: 96 }),
    widths: byCandidates,
  },
};
