/** Runs in a browser what `tests/unit/model/kernels.test.ts` runs in Node. */
import fc from 'fast-check';
import { KernelSpace, type KernelExports } from '../../shared/model/kernelSpace.ts';
import { CASES, CONVNET_CASES, difference, LEAVING_CASES, type Case } from './equality.ts';
import { computed, PINNED } from './fingerprints.ts';

declare global {
  interface Window {
    /** Says where and for which seed kernels and readable code first differ, or null. */
    findDifference(kernels: string, convnet: boolean, runs: number): string | null;
    /** Of each run that leaves the numbers, where kernels and readable code first differ. */
    differencesLeaving(kernels: string): (string | null)[];
    fingerprints(kernels: string): Record<string, { readable: string; kernels: string }>;
  }
}

/** @param kernels the compiled module, in base64 */
function spaces(kernels: string): () => KernelSpace {
  const module = new WebAssembly.Module(Uint8Array.from(atob(kernels), (c) => c.charCodeAt(0)));
  return () => {
    const { exports } = new WebAssembly.Instance(module);
    return new KernelSpace(exports as unknown as KernelExports);
  };
}

window.findDifference = (kernels, convnet, runs) => {
  const space = spaces(kernels);
  const property = fc.property(convnet ? CONVNET_CASES : CASES, (each: Case) => {
    const found = difference(each, space());
    if (found !== null) throw new Error(found);
  });
  const { failed, seed, counterexample, errorInstance } = fc.check(property, { numRuns: runs });
  if (!failed) return null;
  return `seed ${seed}: ${JSON.stringify(counterexample)}: ${String(errorInstance)}`;
};

window.differencesLeaving = (kernels) => {
  const space = spaces(kernels);
  return LEAVING_CASES.map((each) => difference(each, space()));
};

window.fingerprints = (kernels) => {
  const space = spaces(kernels);
  return Object.fromEntries(
    Object.entries(PINNED).map(([name, pinned]) => [
      name,
      { readable: computed(pinned, null), kernels: computed(pinned, space()) },
    ]),
  );
};
