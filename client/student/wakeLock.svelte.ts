/**
 * Keeps the screen on while `wanted` says so, where the browser can: only on secure pages. A phone
 * that sleeps halts its training until it wakes, and then catches up.
 */
export function keepAwake(wanted: () => boolean): void {
  $effect(() => {
    if (!wanted() || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (over) await lock.release();
      } catch {
        // A low battery or the system says no; the run catches up after the sleep.
      }
    };
    const seen = () => void take();
    void take();
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release().catch(() => undefined);
    };
  });
}
