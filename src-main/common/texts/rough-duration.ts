/** An estimate of time, in the one unit that suits it: `40 s`, `3 min`, `1.5 h`. Nobody plans by the second of an estimate. */
export function roughDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
