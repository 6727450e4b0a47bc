/**
 * AdamW over the adapter's tensors, on plain arrays: they are small beside the frozen model, the arithmetic is then the
 * same on every device, and a checkpoint is these arrays and nothing else.
 */

export type AdamSettings = {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  maxGradientNorm: number;
};

export const defaultAdamSettings: AdamSettings = {
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  weightDecay: 0,
  maxGradientNorm: 1,
};

export class AdamOptimizer {
  readonly firstMoments: Float32Array[];
  readonly secondMoments: Float32Array[];
  stepCount = 0;
  private readonly parameters: readonly Float32Array[];
  private readonly stepScales: readonly number[];
  private readonly settings: AdamSettings;

  /** `stepScales`: factor of the learning rate of each tensor, 1 where absent. */
  constructor(
    parameters: readonly Float32Array[],
    stepScales: readonly number[] = [],
    settings: AdamSettings = defaultAdamSettings,
  ) {
    this.parameters = parameters;
    this.stepScales = stepScales;
    this.settings = settings;
    this.firstMoments = parameters.map((values) => new Float32Array(values.length));
    this.secondMoments = parameters.map((values) => new Float32Array(values.length));
  }

  /** Goes on from a checkpoint. */
  resume(
    firstMoments: readonly Float32Array[],
    secondMoments: readonly Float32Array[],
    stepCount: number,
  ): void {
    this.firstMoments.forEach((values, index) => {
      values.set(firstMoments[index] as Float32Array);
    });
    this.secondMoments.forEach((values, index) => {
      values.set(secondMoments[index] as Float32Array);
    });
    this.stepCount = stepCount;
  }

  /** Clips by the global norm, then moves the parameters in place. Returns the norm before clipping. */
  step(gradients: readonly Float32Array[], learningRate: number): number {
    const { beta1, beta2, epsilon, weightDecay, maxGradientNorm } = this.settings;
    const norm = globalNorm(gradients);
    const clip = norm > maxGradientNorm ? maxGradientNorm / norm : 1;
    this.stepCount++;
    const correction1 = 1 - beta1 ** this.stepCount;
    const correction2 = 1 - beta2 ** this.stepCount;
    this.parameters.forEach((values, index) => {
      const gradient = gradients[index] as Float32Array;
      const first = this.firstMoments[index] as Float32Array;
      const second = this.secondMoments[index] as Float32Array;
      const rate = learningRate * (this.stepScales[index] ?? 1);
      for (let i = 0; i < values.length; i++) {
        const slope = gradient[i]! * clip;
        first[i] = beta1 * first[i]! + (1 - beta1) * slope;
        second[i] = beta2 * second[i]! + (1 - beta2) * slope * slope;
        const direction = first[i]! / correction1 / (Math.sqrt(second[i]! / correction2) + epsilon);
        values[i]! -= rate * (direction + weightDecay * values[i]!);
      }
    });
    return norm;
  }
}

export function globalNorm(tensors: readonly Float32Array[]): number {
  let squares = 0;
  for (const values of tensors) for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}
