import kernelsUrl from 'virtual:kernels';
import { KernelSpace, type KernelExports } from '../../shared/model/kernelSpace.ts';

/** Makes a space in memory of its own; null where the readable code must do the work. */
export type CreateSpace = () => KernelSpace | null;

/**
 * Loads the kernels. Where they cannot be had, in a browser without WebAssembly SIMD or without the
 * network, the readable code computes the same bits, slower.
 */
export async function loadKernels(): Promise<CreateSpace> {
  const module = await compiled();
  return () => {
    if (!module) return null;
    const { exports } = new WebAssembly.Instance(module);
    return new KernelSpace(exports as unknown as KernelExports);
  };
}

async function compiled(): Promise<WebAssembly.Module | null> {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    const response = await fetch(new URL(kernelsUrl, import.meta.url));
    if (!response.ok) return null;
    const bytes = await response.arrayBuffer();
    return WebAssembly.validate(bytes) ? await WebAssembly.compile(bytes) : null;
  } catch {
    // Not a fault to be told: the training goes on, only slower.
    return null;
  }
}
