// What `node:cluster` does with nobody's help: INSTANCES workers of the script named first, respawned when they die.
const cluster = require('node:cluster');
const { resolve } = require('node:path');

cluster.setupPrimary({ exec: resolve(process.argv[2]) });
for (let slot = 0; slot < Number(process.env.INSTANCES); slot++) cluster.fork();
cluster.on('exit', () => cluster.fork());
