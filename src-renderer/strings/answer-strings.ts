/** The page's sentences about answers with sources. */

export const answers = {
  title: 'Answers',
  intro:
    'A chat model on this machine answers from your documents. Each sentence names its passages, and is compared with them.',
  off: 'No chat model is chosen.',
  offText: 'Answers are off until you choose who writes them: a server of this machine, or a model file.',
  choose: 'Choose in the settings',
  question: 'Question',
  placeholder: 'Ask in your own words',
  ask: 'Answer',
  stop: 'Stop',
  searching: 'Looking for passages…',
  reading: 'The model reads the passages…',
  notInDocuments: 'Not in your documents.',
  notInDocumentsText:
    'Nothing that was found answers this question. The search may still show what comes close.',
  failed: 'The question could not be answered.',
  stopped: 'Stopped. This is as far as the answer was.',
  cutOff: 'The answer was cut off here.',
  unsupported: 'no passage says so',
  writtenBy: (model: string) => `Written by ${model}. Models make mistakes; look at the sources.`,
  sources: 'Sources',
  page: (page: number) => `Page ${page}`,
  openSource: (number: number, title: string) => `Source ${number}: ${title}`,
  noModel: 'None',
} as const;
