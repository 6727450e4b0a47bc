/** What the page and the search both know of a second look. */

/** Passages that a reranker reads for a question. */
export const passagesOfQuestion = 30;
