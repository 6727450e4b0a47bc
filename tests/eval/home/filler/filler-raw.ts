/** Files that are text already and answer nothing: code, logs, settings, calendars, contacts, subtitles, notebooks. */
import { type Random, seededRandom } from '../../../../src-main/common/seeded-random.ts';
import type { HomeDocument } from '../home-document.ts';
import { fillGaps } from './filler-text.ts';
import { isoDay } from './iso-day.ts';

type Shape = {
  file: string;
  count: number;
  before?: string[];
  line: readonly string[];
  lines: number;
  after?: string[];
};

const shapes: readonly Shape[] = [
  {
    file: 'office/code/firmware/module_{n}.c',
    count: 6,
    before: ['#include <stdint.h>', ''],
    line: [
      '/* The sensor of {firm} answers after {number} ms. */',
      'uint32_t value_{number} = {number}u;',
      '/* Seals, valves and the display are handled elsewhere. */',
    ],
    lines: 8,
  },
  {
    file: 'office/code/tools/script_{n}.py',
    count: 6,
    before: ['"""Small help for the rig."""', 'import csv', ''],
    line: [
      '# Rows of {month} are left out.',
      'limit_{number} = {number}',
      '# Asked for by {person} on {date}.',
    ],
    lines: 9,
  },
  {
    file: 'office/code/dashboard/part-{n}.ts',
    count: 6,
    line: ['/** The alarm of {place} is shown in red. */', 'export const shown{number} = {number};'],
    lines: 6,
  },
  {
    file: 'office/code/labels/Label{n}.java',
    count: 4,
    before: ['package uk.pikeharlow.labels;', '', 'final class Label {'],
    line: ['    // Ribbon of {firm}, changed in {month}.', '    static final int WIDTH_{number} = {number};'],
    lines: 6,
    after: ['}'],
  },
  {
    file: 'office/code/deploy/job_{n}.sh',
    count: 4,
    before: ['#!/bin/sh'],
    line: ['# runs at {time}', 'echo "{code}"'],
    lines: 5,
  },
  {
    file: 'office/code/deploy/site{n}.yaml',
    count: 4,
    line: ['meter_{number}: "{code}"', 'contact_{number}: {person}'],
    lines: 8,
  },
  {
    file: 'office/logs/gateway-{n}.log',
    count: 8,
    line: [
      '{time} INFO gw01 meter {number} answered',
      '{time} WARN gw01 unit {number} slow',
      '{time} INFO gw01 upload {code}',
    ],
    lines: 150,
  },
  {
    file: 'calendar/old {n}.ics',
    count: 5,
    before: ['BEGIN:VCALENDAR', 'VERSION:2.0'],
    line: [
      'BEGIN:VEVENT\nUID:{code}@brandt.example\nDTSTART:{year}0304T090000Z\nSUMMARY:{person} at {place}\nEND:VEVENT',
    ],
    lines: 6,
    after: ['END:VCALENDAR'],
  },
  {
    file: 'contacts/card {n}.vcf',
    count: 8,
    line: ['BEGIN:VCARD\nVERSION:3.0\nFN:{person}\nORG:{firm}\nTEL:+44 7700 900{number}\nEND:VCARD'],
    lines: 2,
  },
  {
    file: 'videos/holiday {n}.srt',
    count: 6,
    line: ['{number}\n00:00:0{number},000 --> 00:00:59,000\nLook, {item} on {place}!\n'],
    lines: 7,
  },
  {
    file: 'office/code/deploy/parts{n}.json',
    count: 4,
    before: ['['],
    line: ['  { "part": "{code}", "from": "{firm}" },'],
    lines: 9,
    after: ['  {}', ']'],
  },
  {
    file: 'office/analysis/trial {n}.ipynb',
    count: 3,
    before: ['{ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['],
    line: [
      '{ "cell_type": "markdown", "metadata": {}, "source": ["Run of {date} at {place}, meter {code}."] },',
    ],
    lines: 4,
    after: ['{ "cell_type": "markdown", "metadata": {}, "source": ["End."] }', '] }'],
  },
];

export function fillerText(): HomeDocument[] {
  return shapes.flatMap((shape) => Array.from({ length: shape.count }, (_, index) => textFile(shape, index)));
}

function textFile(shape: Shape, index: number): HomeDocument {
  const random: Random = seededRandom(`${shape.file} ${index}`);
  const lines = Array.from({ length: shape.lines }, (_, at) =>
    fillGaps(random, shape.line[at % shape.line.length]!, 'en'),
  );
  return {
    file: shape.file.replace('{n}', String(index + 1)),
    date: isoDay(random.below(3200)),
    raw: [...(shape.before ?? []), ...lines, ...(shape.after ?? [])],
  };
}
