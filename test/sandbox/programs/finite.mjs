// Work that ends: says what it was told, and exits with the code that it was told.
process.stdin.on('end', () => process.exit(1)).resume();
console.log(`working for ${process.env.FOR}`);
setTimeout(() => process.exit(Number(process.env.EXIT_CODE ?? 0)), 50);
