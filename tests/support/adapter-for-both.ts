/** Id of an adapter that moves passages too, so that a switch to it embeds them anew. */
export const adapterForBoth = 'for-both';
