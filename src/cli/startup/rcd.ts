import { quoteWord } from '../../config/shell-words.ts';
import type { BootService, InitSystem } from './boot-service.ts';
import { runAs } from './run-as.ts';

/** Names of rc.d services are part of names of shell variables. */
const variableName = (name: string): string => name.replace(/\W/g, '_');

/** rc.subr(8) of FreeBSD. */
export const rcd: InitSystem = {
  names: ['rcd', 'freebsd'],
  program: 'sysrc',
  defaultName: (user) => `pm_${variableName(user)}`,
  file: ({ name }) => `/usr/local/etc/rc.d/${variableName(name)}`,
  executable: true,
  text: freebsdText,
  enable: ({ name }) => [['sysrc', `${variableName(name)}_enable=YES`]],
  disable: ({ name }) => [['sysrc', '-x', `${variableName(name)}_enable`]],
};

/** rc.subr(8) of OpenBSD. */
export const rcdOpenbsd: InitSystem = {
  names: ['rcd-openbsd', 'openbsd'],
  program: 'rcctl',
  defaultName: (user) => `pm_${variableName(user)}`,
  file: ({ name }) => `/etc/rc.d/${variableName(name)}`,
  executable: true,
  text: openbsdText,
  enable: ({ name }) => [['rcctl', 'enable', variableName(name)]],
  disable: ({ name }) => [['rcctl', 'disable', variableName(name)]],
};

function freebsdText(service: BootService): string {
  const name = variableName(service.name);
  const run = (...args: string[]) => runAs(service, args, '-m ');
  return `#!/bin/sh
# PROVIDE: ${name}
# REQUIRE: LOGIN NETWORKING
# KEYWORD: shutdown

. /etc/rc.subr

name="${name}"
rcvar="\${name}_enable"
desc="pm: the apps of ${service.user}"
start_cmd="\${name}_start"
stop_cmd="\${name}_stop"
reload_cmd="\${name}_reload"
status_cmd="\${name}_status"
extra_commands="reload status"

${name}_start() {
  # An app that fails at boot is no failure of the service: the others run.
  ${run('resurrect')} || echo "Not every app started" >&2
}

${name}_stop() {
  ${run('kill')}
}

${name}_reload() {
  ${run('reload', 'all')}
}

${name}_status() {
  ${run('list')}
}

load_rc_config $name
: \${${name}_enable:="NO"}
run_rc_command "$1"
`;
}

function openbsdText(service: BootService): string {
  const run = (...args: string[]) => runAs(service, args);
  return `#!/bin/ksh
daemon=${quoteWord(service.command[0] ?? '')}

. /etc/rc.d/rc.subr

rc_bg=NO

rc_start() {
  # An app that fails at boot is no failure of the service: the others run.
  ${run('resurrect')} || echo "Not every app started" >&2
}

rc_stop() {
  ${run('kill')}
}

rc_reload() {
  ${run('reload', 'all')}
}

rc_check() {
  kill -0 "$(cat ${quoteWord(service.paths.daemonPid)} 2>/dev/null)" 2>/dev/null
}

rc_cmd $1
`;
}
