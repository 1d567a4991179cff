/** What one frame cost, in ms. */
export interface FrameTime {
  /** From the moment the frame was due until the page had drawn it. */
  work: number;
  /** Since the frame before. */
  since: number;
}

/**
 * Calls `step` in each of `count` frames and times them. A message posted from a frame arrives
 * when the page has drawn it, layout, style and canvas included.
 */
export async function timeFrames(count: number, step: (k: number) => void): Promise<FrameTime[]> {
  const { port1, port2 } = new MessageChannel();
  const times: FrameTime[] = [];
  let previous = NaN;
  for (let k = 0; k < count; k++) {
    const due = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    step(k);
    const drawn = await new Promise<number>((resolve) => {
      port1.onmessage = () => resolve(performance.now());
      // In a callback of its own, after those of the chart.
      requestAnimationFrame(() => undefined);
      port2.postMessage(null);
    });
    if (!Number.isNaN(previous)) times.push({ work: drawn - due, since: due - previous });
    previous = due;
  }
  port1.close();
  return times;
}
