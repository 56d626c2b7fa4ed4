import type { BootService, InitSystem } from './boot-service.ts';
import { runAs } from './run-as.ts';

/** openrc-run(8): Alpine, Gentoo. */
export const openrc: InitSystem = {
  names: ['openrc', 'alpine', 'gentoo'],
  program: 'rc-update',
  defaultName: (user) => `pm-${user}`,
  file: ({ name }) => `/etc/init.d/${name}`,
  executable: true,
  text: scriptText,
  enable: ({ name }) => [['rc-update', 'add', name, 'default']],
  disable: ({ name }) => [['rc-update', 'del', name, 'default']],
};

function scriptText(service: BootService): string {
  const { user, waitForNetwork } = service;
  return `#!/sbin/openrc-run

description="pm: the apps of ${user}"
extra_started_commands="reload"

depend() {
  need localmount
  ${waitForNetwork ? 'need' : 'use'} net
  after bootmisc firewall
}

start() {
  ebegin "Starting the apps of ${user}"
  # An app that fails at boot is no failure of the service: the others run.
  ${runAs(service, ['resurrect'])} || ewarn "Not every app started"
  eend 0
}

stop() {
  ebegin "Stopping the apps of ${user}"
  ${runAs(service, ['kill'])}
  eend $?
}

reload() {
  ebegin "Reloading the apps of ${user}"
  ${runAs(service, ['reload', 'all'])}
  eend $?
}
`;
}
