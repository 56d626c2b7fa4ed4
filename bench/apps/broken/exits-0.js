console.error('BENCH-CAUSE: this version exits 0');
process.exit(0);
