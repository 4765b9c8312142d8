// Imported before a program: at its end, tells what it took, in the file that BENCH names.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  writeFileSync(process.env.BENCH, JSON.stringify({ cpu, memory: maxRSS / 1024 }));
});
