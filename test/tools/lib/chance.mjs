/**
 * Loaded before the tests. Property tests draw the same cases at every run of `npm test`, so that a failure is due to the
 * change under test; `npm run fuzz` draws new ones, and as many as `runs` in test/runs.ts says.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
