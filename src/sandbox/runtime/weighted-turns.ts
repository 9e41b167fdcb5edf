/**
 * Takes turns by weight: of each sum-of-weights picks in a row every choice gets exactly its weight, spread out instead
 * of in blocks (smooth weighted round robin). Undefined when all weights are 0.
 */
export function createWeightedTurns(weights: readonly number[]): () => number | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return () => {
    if (total === 0) return undefined;
    let best: number | undefined;
    for (const [index, weight] of weights.entries()) {
      if (weight === 0) continue;
      credit[index] = (credit[index] ?? 0) + weight;
      if (best === undefined || credit[index] > (credit[best] ?? 0)) best = index;
    }
    if (best !== undefined) credit[best] = (credit[best] ?? 0) - total;
    return best;
  };
}
