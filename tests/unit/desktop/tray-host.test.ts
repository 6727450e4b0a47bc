/** Whether anybody draws tray icons: asked through whichever client the desktop has, and answered no where nobody can tell. */
import { describe, expect, it } from 'vitest';
import { hasTrayHost, type TrayHostSituation } from '../../../src-main/desktop/tray/tray-host.ts';

/** `answers` gives what each installed client prints; the others are missing. */
function linux(answers: Record<string, string | Error>, environment: Record<string, string> = bus) {
  const asked: string[] = [];
  const situation: TrayHostSituation = {
    platform: 'linux',
    environment,
    exists: (path) => path === '/run/user/1000/bus',
    run: async (program) => {
      asked.push(program);
      const answer = answers[program] ?? new Error('not found');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { asked, situation };
}
const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' };

describe('the host of tray icons', () => {
  it.each([
    ['busctl', 'b true\n'],
    ['gdbus', '(<true>,)\n'],
    ['dbus-send', 'method return time=1.2 sender=:1.9\n   variant       boolean true\n'],
  ])('is there when %s says so', async (program, printed) => {
    expect(await hasTrayHost(linux({ [program]: printed }).situation)).toBe(true);
  });

  it.each([
    ['no host is registered', { busctl: 'b false\n', gdbus: '(<false>,)\n' }],
    ['nobody answers to the name', { busctl: new Error('The name is not activatable') }],
    ['no client is installed', {}],
  ])('is not there when %s', async (_what, answers) => {
    const { asked, situation } = linux(answers);
    expect(await hasTrayHost(situation)).toBe(false);
    expect(asked).toEqual(['busctl', 'gdbus', 'dbus-send']);
  });

  it('is not asked for without a session bus, and is found by the runtime folder alone', async () => {
    const without = linux({ busctl: 'b true' }, { XDG_RUNTIME_DIR: '/run/user/7' });
    expect(await hasTrayHost(without.situation)).toBe(false);
    expect(without.asked).toEqual([]);
    const folder = linux({ busctl: 'b true' }, { XDG_RUNTIME_DIR: '/run/user/1000' });
    expect(await hasTrayHost(folder.situation)).toBe(true);
  });

  it.each(['darwin', 'win32'])('is part of %s', async (platform) => {
    expect(await hasTrayHost({ ...linux({}).situation, platform })).toBe(true);
  });
});
