import kernelsUrl from 'virtual:kernels';
import { DataError } from '../../shared/data/idx.ts';
import { TIMING } from '../../shared/limits.ts';
import { KernelSpace, type KernelExports } from '../../shared/model/kernelSpace.ts';
import { download } from './download.ts';

/** Makes memory of its own for a model; null where the readable code must do the work. */
export type CreateSpace = () => KernelSpace | null;

/**
 * The kernels of this worker. Where they cannot be had, in a browser without WebAssembly SIMD or
 * without the network, the readable code computes the same bits, slower.
 */
export class Kernels {
  /** Null where the last attempt found no network: the next run tries again. */
  private module: Promise<WebAssembly.Module | null> | null = compiled();

  /** Resolves within a bounded time, with or without kernels. */
  async ready(): Promise<CreateSpace> {
    this.module ??= compiled();
    const module = await this.module.catch(() => (this.module = null));
    return () => {
      if (!module) return null;
      const { exports } = new WebAssembly.Instance(module);
      return new KernelSpace(exports as unknown as KernelExports);
    };
  }
}

/**
 * @returns null where this browser cannot run them or the server has none
 * @throws where they did not come in time
 */
async function compiled(): Promise<WebAssembly.Module | null> {
  if (typeof WebAssembly === 'undefined') return null;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMING.kernelPatience);
  try {
    const { href } = new URL(kernelsUrl, import.meta.url);
    const bytes = await download(href, patience.signal, () => {});
    return WebAssembly.validate(bytes) ? await WebAssembly.compile(bytes) : null;
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
