/** Small files of light markup, of data and of what was said. */
import { strToU8 } from 'fflate';
import type { FormatSample } from './format-sample.ts';

const test = 'tests/unit/library/formats/markup.test.ts';

const sample = (
  fileName: string,
  text: string,
  rest: Omit<FormatSample, 'fileName' | 'bytes' | 'test'>,
): FormatSample => ({
  fileName,
  bytes: () => strToU8(text),
  test,
  ...rest,
});

export const markupSamples = {
  subtitles: sample(
    'tour.srt',
    '1\n00:00:01,000 --> 00:00:03,500\n<i>Welcome</i> to the pottery.\n\n2\n00:00:04,000 --> 00:00:06,000\nThe kiln is over there.\n\n3\n00:01:10,000 --> 00:01:12,000\n{\\an8}Do not touch it.\n',
    {
      finds: ['Welcome to the pottery.\nThe kiln is over there.', 'Do not touch it.'],
      headings: ['00:00:01', '00:01:10'],
    },
  ),
  org: sample(
    'glazes.org',
    '#+TITLE: Glaze notes\n#+AUTHOR: Ann Ames\n#+DATE: <2024-05-17 Fri>\n#+FILETAGS: :kiln:glaze:\n* TODO Celadon :blue:\n:PROPERTIES:\n:ID: 17\n:END:\nThin on *edges*, see [[file:a.org][the list]].\n# a remark\n** Recipe\n#+begin_src text\nclay  40\n#+end_src\n',
    {
      finds: ['Thin on edges, see the list.', 'clay  40'],
      headings: ['Celadon', 'Recipe'],
      title: 'Glaze notes',
    },
  ),
  rst: sample(
    'glazes.rst',
    'Glaze notes\n===========\n\n:author: Ann Ames\n:date: 2024-05-17\n\nThin on **edges**, see `the list <http://x.example>`_ and :ref:`others <a>`.\n\n.. a remark\n\nRecipe\n------\n\nMix::\n\n    clay  40\n\n.. note:: Keep it dry.\n',
    {
      finds: ['Thin on edges, see the list and others.', 'clay  40', 'Keep it dry.'],
      headings: ['Glaze notes', 'Recipe'],
      title: 'Glaze notes',
    },
  ),
  asciidoc: sample(
    'glazes.adoc',
    '= Glaze notes\nAnn Ames <ann@x.example>\n:keywords: kiln, glaze\n\nThin on *edges*, see https://x.example[the list].\n\n// a remark\n== Recipe\n\n[source,text]\n----\nclay  40\n----\n',
    {
      finds: ['Thin on edges, see the list.', 'clay  40'],
      headings: ['Glaze notes', 'Recipe'],
      title: 'Glaze notes',
    },
  ),
  latex: sample(
    'glazes.tex',
    '\\documentclass{article}\n\\title{Glaze \\emph{notes}}\n\\author{Ann Ames \\and Bert Bee}\n% a remark\n\\begin{document}\n\\maketitle\n\\section{Celadon}\\label{sec:a}\nThin on \\textbf{edges}~\\cite{x}, 40\\% clay and \\"Ol, $a_1 + \\alpha$.\n\n\\begin{itemize}\n\\item first\n\\item second\n\\end{itemize}\n\\end{document}\nnot this',
    {
      finds: ['Thin on edges , 40% clay and Öl, $a_1 + \\alpha$.', '- first', '- second'],
      headings: ['Celadon'],
      title: 'Glaze notes',
    },
  ),
  notebook: sample(
    'firing.ipynb',
    JSON.stringify({
      metadata: { language_info: { name: 'python' } },
      cells: [
        { cell_type: 'markdown', source: ['# Firing\n', 'When the kiln is **hot**.'] },
        {
          cell_type: 'code',
          source: ['def heat(degrees):\n', '    return degrees\n'],
          outputs: [
            { text: ['1240 degrees\n'] },
            { data: { 'text/html': '<b>x</b>', 'text/plain': 'a table' } },
          ],
        },
      ],
    }),
    {
      finds: ['When the kiln is hot.', 'def heat(degrees):\n    return degrees', '1240 degrees', 'a table'],
      headings: ['Firing'],
      title: 'Firing',
    },
  ),
  data: sample(
    'kiln.yaml',
    'title: Kiln settings\nmaximum: 1280\nshelves: [upper, lower]\nfiring:\n  biscuit:\n    degrees: 960\n  glaze:\n    degrees: 1240\nlog:\n  - by: Ann\n    note: |\n      slow\n      at first\n  - by: Bert\n',
    {
      finds: [
        'maximum: 1280\nshelves: upper, lower',
        'degrees: 960',
        'by: Ann\nnote: slow\nat first',
        'by: Bert',
      ],
      headings: ['firing', 'biscuit', 'glaze', 'log'],
      title: 'Kiln settings',
    },
  ),
  xml: sample(
    'list.xml',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><list xmlns="http://x.example"><title>Shopping</title><item unit="bags"><name>Clay</name><count>4</count></item><para>Not <b>too</b> wet.</para></list>',
    {
      finds: ['title: Shopping', 'item unit: bags', 'name: Clay\ncount: 4', 'para: Not too wet.'],
      title: 'Shopping',
    },
  ),
  code: {
    ...sample(
      'headers.ts',
      "import x from 'y';\n\n/** Reads the head. */\nexport function parseHTTPHeader(line: string) {\n  return line;\n}\n\nclass Kiln {\n  // warm\n  async heatUp(degrees: number) {\n    if (degrees) return;\n  }\n}\n",
      {
        finds: ['export function parseHTTPHeader(line: string) {\n  return line;'],
        headings: ['parseHTTPHeader', 'Kiln', 'heatUp'],
      },
    ),
    title: 'headers.ts',
    test: 'tests/unit/library/formats/code.test.ts',
  },
} satisfies Partial<Record<string, FormatSample>>;
