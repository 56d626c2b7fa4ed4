console.error('BENCH-CAUSE: this version never listens');
setInterval(() => {}, 1_000_000);
