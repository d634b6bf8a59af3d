/** Cholesky's factor of a symmetric positive matrix whose lower half is given, row by row. */
export function factor(matrix: Float64Array, n: number): Float64Array {
  const out = matrix.slice();
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let value = out[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) value -= (out[i * n + k] ?? 0) * (out[j * n + k] ?? 0);
      out[i * n + j] = i === j ? Math.sqrt(Math.max(1e-9, value)) : value / (out[j * n + j] || 1);
    }
  }
  return out;
}

/** Solves with a factor of `factor`. */
export function solve(lower: Float64Array, right: Float64Array, n: number): Float64Array {
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    let value = x[i] ?? 0;
    for (let k = 0; k < i; k++) value -= (lower[i * n + k] ?? 0) * (x[k] ?? 0);
    x[i] = value / (lower[i * n + i] || 1);
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = x[i] ?? 0;
    for (let k = i + 1; k < n; k++) value -= (lower[k * n + i] ?? 0) * (x[k] ?? 0);
    x[i] = value / (lower[i * n + i] || 1);
  }
  return x;
}
