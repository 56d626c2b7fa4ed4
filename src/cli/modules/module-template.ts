/** The files of a new module, by name. */
export const moduleTemplate = (name: string): Readonly<Record<string, string>> => ({
  'package.json': `${JSON.stringify(
    {
      name,
      version: '1.0.0',
      description: 'A module for pm',
      main: 'index.js',
      apps: [{ script: 'index.js' }],
      config: { interval: '10000' },
    },
    null,
    2,
  )}\n`,
  'index.js': `// Settings are variables: each one by its key, and all of them as JSON by the name of the module.
const { interval } = process.env;

setInterval(() => {
  process.stdout.write(${JSON.stringify(`${name} is at work\n`)});
}, Number(interval));
`,
  'README.md': `# ${name}

    pm install .                      runs it from this folder
    pm set ${name}:interval 2000      makes a setting, and restarts it
    pm logs ${name}
    pm package                        packs it into a file
    pm publish                        publishes it by npm
    pm uninstall ${name}
`,
});
