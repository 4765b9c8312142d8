import fc from 'fast-check';

// Property tests look at the same cases every time; SEED=… shows them others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20260115) });

// The YAML library asks the environment for a switch at every token, and each time the system answers.
process.env = { ...process.env };
