import type { BootService, InitSystem } from './boot-service.ts';
import { runAs } from './run-as.ts';

const script = {
  defaultName: (user: string) => `pm-${user}`,
  file: ({ name }: BootService) => `/etc/init.d/${name}`,
  executable: true,
  text: scriptText,
};

/** Systems with update-rc.d: Debian and Ubuntu before systemd. Upstart runs such scripts too. */
export const upstart: InitSystem = {
  ...script,
  names: ['upstart', 'ubuntu14', 'ubuntu12'],
  program: 'update-rc.d',
  enable: ({ name }) => [['update-rc.d', name, 'defaults']],
  disable: ({ name }) => [['update-rc.d', '-f', name, 'remove']],
};

/** Systems with chkconfig: Red Hat before systemd, Amazon Linux 1. */
export const systemv: InitSystem = {
  ...script,
  names: ['systemv', 'amazon', 'centos6'],
  program: 'chkconfig',
  enable: ({ name }) => [
    ['chkconfig', '--add', name],
    ['chkconfig', name, 'on'],
  ],
  disable: ({ name }) => [['chkconfig', '--del', name]],
};

/** Linux Standard Base, 22: the comments are read by the tools above. */
function scriptText(service: BootService): string {
  const { name, user } = service;
  return `#!/bin/sh
# chkconfig: 2345 98 02
# description: pm: the apps of ${user}
### BEGIN INIT INFO
# Provides:          ${name}
# Required-Start:    $local_fs $remote_fs $network
# Required-Stop:     $local_fs $remote_fs $network
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: pm: the apps of ${user}
### END INIT INFO

start() {
  # An app that fails at boot is no failure of the service: the others run.
  ${runAs(service, ['resurrect'])} || echo "Not every app of ${user} started" >&2
}

stop() {
  ${runAs(service, ['kill'])}
}

case "$1" in
  start) start ;;
  stop) stop ;;
  restart | force-reload) stop && start ;;
  reload) ${runAs(service, ['reload', 'all'])} ;;
  status) ${runAs(service, ['list'])} ;;
  *)
    echo "Usage: $0 {start|stop|restart|reload|force-reload|status}" >&2
    exit 2
    ;;
esac
`;
}
