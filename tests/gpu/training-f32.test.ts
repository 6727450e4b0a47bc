import { checkGradients } from './check-gradients.ts';

checkGradients('f32', { gradient: 5e-3, loss: 1e-3 });
