import { type BootService, type InitSystem, variablesOf } from './boot-service.ts';

/**
 * systemd.service(5). `oneshot` that stays active has no main process, so that the death of the daemon means nothing to systemd:
 * the masters start another, and the apps go on. A unit with a PIDFile would be stopped then, apps and all.
 */
export const systemd: InitSystem = {
  names: ['systemd', 'ubuntu', 'centos', 'arch', 'oracle'],
  program: 'systemctl',
  defaultName: (user) => `pm-${user}`,
  file: ({ name }) => `/etc/systemd/system/${name}.service`,
  executable: false,
  text: unitText,
  enable: ({ name }) => [['systemctl', 'enable', `${name}.service`]],
  disable: ({ name }) => [['systemctl', 'disable', `${name}.service`]],
};

function unitText(service: BootService): string {
  const { user, waitForNetwork, command } = service;
  const run = (...args: string[]) => [...command, ...args].map(word).join(' ');
  const network = waitForNetwork ? 'network-online.target' : 'network.target';
  return `[Unit]
Description=pm: the apps of ${user.replaceAll('%', '%%')}
After=${network}
${waitForNetwork ? `Wants=${network}\n` : ''}
[Service]
Type=oneshot
RemainAfterExit=yes
User=${user}
${variablesOf(service)
  .map(([name, value]) => `Environment=${setting(`${name}=${value}`)}`)
  .join('\n')}
# The "-": an app that fails at boot must not take the others down.
ExecStart=-${run('resurrect')}
ExecReload=${run('reload', 'all')}
ExecStop=-${run('kill')}
# "pm kill" drains the apps; only what is left after it is killed.
KillMode=mixed
TimeoutStartSec=infinity
TimeoutStopSec=2min
# One worker out of memory is replaced; the others go on.
OOMPolicy=continue
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity

[Install]
WantedBy=multi-user.target
`;
}

/** A word of a command line: a `$` would begin a variable. */
const word = (text: string): string => setting(text.replaceAll('$', '$$$$'));

/** A text in which nothing is expanded (systemd.syntax(7), systemd.unit(5) on specifiers). */
function setting(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('\n', '\\n');
  return /^[\w@%+=:,./$-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}
