import { readFile } from 'node:fs/promises';
import { KernelSpace, type KernelExports } from '../../shared/model/kernelSpace.ts';

/** Where the build puts the kernels, seen from the source and from the built server alike. */
const KERNELS = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../dist/kernels/kernels.wasm'
    : '../../kernels/kernels.wasm',
  import.meta.url,
);

let compiling: Promise<WebAssembly.Module | null> | null = null;

/** A space in memory of its own; null where this machine has no WebAssembly SIMD. */
export async function createKernelSpace(): Promise<KernelSpace | null> {
  const module = await (compiling ??= compile());
  if (!module) return null;
  const { exports } = new WebAssembly.Instance(module);
  return new KernelSpace(exports as unknown as KernelExports);
}

async function compile(): Promise<WebAssembly.Module | null> {
  // Without a compiler, as on systems that forbid one, there is no WebAssembly at all.
  if (typeof WebAssembly === 'undefined') return null;
  const bytes = await readFile(KERNELS);
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}
