import fc from 'fast-check';

// Property tests look at the same cases every time; SEED=… shows them others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20260115) });
