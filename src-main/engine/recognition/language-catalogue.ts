/**
 * Language data of Tesseract that can be downloaded: whole-number networks, as npm packages with the checksum that npm states of them. A person
 * can import the file of any other language.
 */

export type CataloguedLanguage = {
  /** Tesseract's name of the language. */
  code: string;
  /** In English. */
  name: string;
  /** Of the download; what is kept of it is about a third. */
  sizeBytes: number;
  /** SHA-512 of the download, in base64. */
  integrity: string;
};

export const languageCatalogue: readonly CataloguedLanguage[] = [
  {
    code: 'eng',
    name: 'English',
    sizeBytes: 13_839_644,
    integrity: 'mbTumm6KQPUHyzTPQaF3ObXYnx0SqqfV2nabqFVQBwD6Kl7PhGSLSzOlfFTWy0P3BjghaSKA2W9GB19Jk+ZcTg==',
  },
  {
    code: 'deu',
    name: 'German',
    sizeBytes: 8_411_089,
    integrity: '3ter1p2gFAiCd5CMC+PodZ9YY2UDomkKj+ytlKeeZqOUmhLx1SDnYPf5zog0g5MBbxYveW+8omI3PUflqHfZ4Q==',
  },
  {
    code: 'fra',
    name: 'French',
    sizeBytes: 6_959_264,
    integrity: 'pp58gMaoyidoBBLd5y5rnf0WW0Y1994QrGqZrYatITqIU/AReUJMykD+YY3JDgvnmgz7uAx1UmhjjuyEmV8JEA==',
  },
  {
    code: 'spa',
    name: 'Spanish',
    sizeBytes: 10_436_372,
    integrity: '9Ln+QKq/TNu4Hy4aOp5b4nXo9U0C6IqJMzNDpAJZe/fNtz6jXG9G/hQgR/Irxj+RGf0M7Xy1MNx1yl4wQUIfeg==',
  },
  {
    code: 'ita',
    name: 'Italian',
    sizeBytes: 8_567_364,
    integrity: 'Sx19NVYve5VAxEBDL6CWTX+evlvzV+iAS5ejJywcHVsmir/C9Tzw2fExoh97QFc06t48tYZA8VrMobsBzMAEhA==',
  },
  {
    code: 'por',
    name: 'Portuguese',
    sizeBytes: 8_124_452,
    integrity: 'sQ7GqYUgKaMmV0vNujYoXLlXUp2e5RGGkJxQ3L59kUOaupIugLJeb1dqhrfgyb71XQw7ltdSuXdQIoaoS/rpsQ==',
  },
  {
    code: 'nld',
    name: 'Dutch',
    sizeBytes: 13_178_605,
    integrity: 'Fq9TDxewYAw3YBLqLYEu3rziNUHq0F1NnnM49vI0E5o6S2oKcirhTumGvv8ws088+li1llyKXT9nfrHuxxetHQ==',
  },
  {
    code: 'chi_sim',
    name: 'Chinese, simplified',
    sizeBytes: 21_809_859,
    integrity: 'iuErURkPbECDUazgsLn/r3c+tU2y5o5S/w14d0A/YiagfsjYyZKgTo75RUpsGJ311qtu0dIX4hqnXAAjmqf2CA==',
  },
  {
    code: 'jpn',
    name: 'Japanese',
    sizeBytes: 18_107_568,
    integrity: 'nUq2xHUjiWE6FRqkvLIIbByLZ39B8qNaBSOnVP4XIKGPKtZ1e0hiRnK7WhPfl8A+Fe7aNE1u/QoXXUym3TbSCA==',
  },
];

/** As npm calls the package of a language. */
export const languagePackage = (code: string) => ({ name: `@tesseract.js-data/${code}`, version: '1.0.0' });
