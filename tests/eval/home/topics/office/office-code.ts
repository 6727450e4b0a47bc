/** Source code, issues, settings, logs and notebooks of the flow meter. */
import { fact, type Topic } from '../../home-document.ts';

export const officeCode: Topic = {
  genre: 'technical',
  documents: [
    {
      file: 'office/code/firmware/pulse_counter.c',
      named: ['pulse counter c'],
      date: '2023-10-30',
      raw: [
        '#include <stdint.h>',
        '#include "pulse_counter.h"',
        '',
        fact('/* Two edges within 400 microseconds are bounce of the reed contact, not flow. */', [
          'code',
          'reed contact bounce microseconds',
        ]),
        '#define DEBOUNCE_US 400u',
        '',
        'static uint32_t last_edge_us;',
        '',
        fact('uint32_t count_pulses_since(uint32_t start_us)', ['code', 'count_pulses_since']),
        '{',
        '    return (last_edge_us - start_us) / DEBOUNCE_US;',
        '}',
      ],
    },
    {
      file: 'office/code/firmware/temperature_drift.c',
      date: '2024-02-28',
      raw: [
        '#include "drift.h"',
        '',
        fact('/* Above 60 degrees the coil stretches: subtract 0.013 per cent per kelvin. */', [
          'code',
          'correction of the coil above sixty degrees',
        ]),
        'float corrected_flow(float flow, float celsius)',
        '{',
        '    if (celsius <= 60.0f) return flow;',
        '    return flow * (1.0f - 0.00013f * (celsius - 60.0f));',
        '}',
      ],
    },
    {
      file: 'office/code/tools/import_readings.py',
      date: '2023-06-14',
      raw: [
        '"""Reads the rig\'s CSV and drops rows that no sensor can have meant."""',
        'import csv',
        'from datetime import datetime',
        '',
        fact('# The rig writes summer time all year round, so an hour is taken off from November.', [
          'code',
          'why is an hour taken off rig times',
        ]),
        'def import_readings(path):',
        '    with open(path, newline="") as file:',
        '        return [row for row in csv.DictReader(file) if float(row["flow"]) >= 0]',
        '',
        fact('class StaleCalibrationError(ValueError):', ['code', 'StaleCalibrationError']),
        '    """The certificate of the reference meter is older than a year."""',
      ],
    },
    {
      file: 'office/code/dashboard/alarm-rules.ts',
      named: ['alarmRules'],
      date: '2024-05-20',
      raw: [
        "import type { Reading } from './reading.ts';",
        '',
        fact('/** A tank is said to leak when it loses more than two litres between midnight and five. */', [
          'code',
          'rule for a leaking tank at night',
        ]),
        'export function isLeaking(night: readonly Reading[]): boolean {',
        '  return lossOf(night) > 2;',
        '}',
        '',
        fact('export const maxSilentMinutes = 45;', ['code', 'max silent minutes']),
      ],
    },
    {
      file: 'office/code/labels/LabelPrinter.java',
      date: '2022-08-25',
      raw: [
        'package uk.pikeharlow.labels;',
        '',
        fact('/** Zebra ribbons of batch 7 smear; heat 11 instead of 14 keeps them legible. */', [
          'code',
          'zebra ribbon smears heat',
        ]),
        'public final class LabelPrinter {',
        '    private static final int HEAT = 11;',
        '',
        fact('    public void printSerial(String serial, int copies) {', ['code', 'printSerial copies']),
        '        for (int i = 0; i < copies; i++) send("^FD" + serial + "^FS");',
        '    }',
        '}',
      ],
    },
    {
      file: 'office/code/deploy/backup.sh',
      date: '2023-12-01',
      raw: [
        '#!/bin/sh',
        'set -eu',
        fact('# Tapes older than 35 days are overwritten, December is kept for seven years.', [
          'code',
          'how long is the december backup kept',
        ]),
        fact('rsync -a --delete /srv/rig/ backup@ness:/tank/rig/', ['code', 'rsync ness tank rig']),
      ],
    },
    {
      file: 'office/code/deploy/gateway.yaml',
      date: '2024-04-15',
      raw: [
        'gateway:',
        '  name: brunel-gw-02',
        fact('  retry_after_seconds: 90   # the brewery modem needs that long to dial again', [
          'code',
          'brewery modem retry seconds',
        ]),
        '  mqtt:',
        fact('    topic: plant/wye/flow/raw', ['code', 'plant/wye/flow']),
      ],
    },
    {
      file: 'office/code/deploy/sites.json',
      date: '2024-04-16',
      raw: [
        '[',
        '  { "site": "Harbour Brew", "meters": 4, "firmware": "2.2.9", "note": "no note" },',
        fact('  { "site": "Pryce Farm", "meters": 1, "firmware": "2.3.1", "note": "frost heater fitted" },', [
          'code',
          'site with frost heater',
        ]),
        '  { "site": "Ellery Cider", "meters": 2, "firmware": "2.3.0", "note": "terminal 5 corrected" }',
        ']',
      ],
    },
    {
      file: 'office/issues/issue-312.md',
      date: '2024-01-11',
      title: 'Issue 312: totaliser jumps at midnight',
      author: 'Yusuf Demir',
      tags: ['firmware', 'regression-2-3'],
      about: [fact('regression-2-3', ['tag', 'regression 2 3 issues'])],
      body: [
        fact(
          'The totaliser is written twice when the clock passes zero, once by each task.',
          ['file-name', 'issue 312'],
          ['paraphrase', 'reason why the sum is wrong after twelve at night'],
        ),
        fact('Fixed in commit 9c41e7a by taking the mutex first.', ['identifier', '9C41E7A']),
      ],
    },
    {
      file: 'office/issues/issue-321.md',
      date: '2024-02-02',
      title: 'Issue 321: display dark after update',
      body: [
        fact('The backlight pin is left as an input by the new boot loader.', ['file-name', 'issue-321.md']),
        'Worked around by a pull-up on the next board. The totaliser is not affected.',
      ],
    },
    {
      file: 'office/issues/issue-132.md',
      date: '2022-09-13',
      title: 'Issue 132: wrong unit in the export',
      body: [
        fact('Exports said gallons although litres had been chosen.', ['file-name', 'issue-132']),
        'Closed together with issue 130.',
      ],
    },
    {
      file: 'office/logs/gateway-2024-04-17.log',
      named: ['gateway 2024 04 17 log'],
      date: '2024-04-17',
      raw: [
        '2024-04-17T02:00:01Z INFO  gw02 nightly upload started',
        '2024-04-17T02:00:44Z INFO  gw02 4 meters answered',
        fact(
          '2024-04-17T02:13:09Z ERROR gw02 modbus timeout unit 17 register 0x2A0C',
          ['date', 'error on 17 apr 2024 at 02:13'],
          ['code', 'modbus timeout register 0x2a0c'],
        ),
        '2024-04-17T02:13:40Z INFO  gw02 retry 1 of 3',
        fact('2024-04-17T02:15:12Z WARN  gw02 unit 17 answered after power cycle by watchdog', [
          'code',
          'unit 17 power cycle watchdog',
        ]),
        '2024-04-17T02:31:55Z INFO  gw02 nightly upload finished',
      ],
    },
    {
      file: 'office/logs/rig-2024-02-18.log',
      date: '2024-02-18',
      raw: [
        '2024-02-18 09:00 pump on',
        fact('2024-02-18 11:47 E_VALVE_STUCK bypass did not close, run aborted', ['code', 'E_VALVE_STUCK']),
        '2024-02-18 13:30 pump on',
        '2024-02-18 17:05 pump off, 8.1 m3',
      ],
    },
    {
      file: 'office/analysis/seal-drift.ipynb',
      date: '2024-02-27',
      raw: [
        '{ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [',
        '{ "cell_type": "markdown", "metadata": {}, "source": [',
        fact('"Brown seals drift a tenth as much as black ones between 60 and 85 degrees."', [
          'code',
          'drift of brown seals and black ones',
        ]),
        '] },',
        '{ "cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [], "source": [',
        fact('"slope = np.polyfit(celsius, error_ppm, 1)[0]"', ['code', 'polyfit error_ppm slope']),
        '] }',
        '] }',
      ],
    },
  ],
};
