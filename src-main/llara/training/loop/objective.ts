/** How much each loss counts. A weight of 0 costs no computation. */
export type Objective = {
  contrastive: number;
  temperature: number;
  ebae: number;
  ebar: number;
  anchor: number;
};
