import { type BootService, type InitSystem, variablesOf } from './boot-service.ts';

/** launchd.plist(5) on macOS: a daemon of the system, which runs at boot, not only when the user logs in. */
export const launchd: InitSystem = {
  names: ['launchd', 'macos', 'darwin'],
  program: 'launchctl',
  defaultName: (user) => `pm.${user}`,
  file: plistFile,
  executable: false,
  text: plistText,
  enable: (service) => [['launchctl', 'bootstrap', 'system', plistFile(service)]],
  disable: ({ name }) => [['launchctl', 'bootout', `system/${name}`]],
};

function plistFile({ name }: BootService): string {
  return `/Library/LaunchDaemons/${name}.plist`;
}

function plistText(service: BootService): string {
  const strings = [...service.command, 'resurrect'].map((text) => `      <string>${escapeXml(text)}</string>`);
  const variables = variablesOf(service).map(
    ([name, value]) => `      <key>${escapeXml(name)}</key>\n      <string>${escapeXml(value)}</string>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>
    <key>Label</key>
    <string>${escapeXml(service.name)}</string>
    <key>UserName</key>
    <string>${escapeXml(service.user)}</string>
    <key>ProgramArguments</key>
    <array>
${strings.join('\n')}
    </array>
    <key>EnvironmentVariables</key>
    <dict>
${variables.join('\n')}
    </dict>
    <key>RunAtLoad</key>
    <true/>
    <!-- The command ends when the apps run; daemon and apps are to stay. -->
    <key>AbandonProcessGroup</key>
    <true/>
    <key>StandardOutPath</key>
    <string>${escapeXml(service.paths.home)}/boot.log</string>
    <key>StandardErrorPath</key>
    <string>${escapeXml(service.paths.home)}/boot.log</string>
  </dict>
</plist>
`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
