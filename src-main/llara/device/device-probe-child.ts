/** Entry of the throwaway process that tries one build of the libraries: request as JSON argument, result as one line of JSON. */
import { type ProbeRequest, probeVariant } from './device-probe.ts';

const request = JSON.parse(process.argv[2] ?? '{}') as ProbeRequest;
const probes = await probeVariant(request);
process.stdout.write(`${JSON.stringify(probes)}\n`, () => process.exit(0));
