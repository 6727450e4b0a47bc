/** The S3 server of the tests in a process of its own, for measurements: it says where it is, and when asked how often it was asked for how much. */
import { startS3Server } from './s3-server.ts';

const [delayMs = '0'] = process.argv.slice(2);
const server = await startS3Server({ delayMs: Number(delayMs) });
process.send?.({ endpoint: server.endpoint, environment: server.environment });
let bytesBefore = 0;
process.on('message', () => {
  const bytes = server.bytesSent() - bytesBefore;
  bytesBefore += bytes;
  process.send?.({ requests: server.requests.splice(0).length, bytes });
});
process.on('disconnect', () => process.exit());
