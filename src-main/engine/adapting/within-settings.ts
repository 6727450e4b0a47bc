/**
 * Limits a request to what the settings allow: the device that computes here where it names none, and at most their number
 * of threads.
 */
import type { AdaptationRequest } from '../../contract/adaptation.ts';
import type { Settings } from '../../contract/settings.ts';

export function withinSettings<Request extends Pick<AdaptationRequest, 'device' | 'threads'>>(
  request: Request,
  { device, threads }: Pick<Settings, 'device' | 'threads'>,
): Request {
  const allowed = threads > 0 ? Math.min(request.threads ?? threads, threads) : request.threads;
  return { ...request, device: request.device ?? device, threads: allowed };
}
