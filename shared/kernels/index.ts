// The kernels: the arithmetic of shared/model in WebAssembly SIMD, bit for bit. The readable code is
// the definition; here the same sums are taken in the same order, four outputs at a time. No fused
// multiply-add and no relaxed SIMD, whose last bits a processor may choose.
export { convnetClassify, convnetEvaluate, convnetStep } from './convnet';
export { mlpClassify, mlpEvaluate, mlpStep } from './mlp';
export { softmaxClassify, softmaxEvaluate, softmaxStep } from './softmax';

/** The first address that the kernels do not use themselves. */
export const heap: usize = __heap_base;
