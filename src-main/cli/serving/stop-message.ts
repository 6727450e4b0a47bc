/** What the parent tells the engine's process before it lets go of it on purpose; a crashed parent says nothing. */
export const stopMessage = 'stop';
