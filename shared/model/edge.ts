/**
 * The learning rate 2/λmax above which gradient descent on the perceptron's cost C = MSE/2 diverges.
 * λmax is the larger eigenvalue of the Hessian [[mean x², mean x], [mean x, 1]].
 */
export function edgeOfStability(x: readonly number[]): number {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  const largest = (meanSquare + 1 + Math.hypot(meanSquare - 1, 2 * mean)) / 2;
  return 2 / largest;
}
