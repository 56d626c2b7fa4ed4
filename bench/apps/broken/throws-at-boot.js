throw new Error('BENCH-CAUSE: this version throws at boot');
