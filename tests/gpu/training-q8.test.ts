import { checkGradients } from './check-gradients.ts';

checkGradients('q8_0', { gradient: 1e-2, loss: 1e-2 });
