const memory = new Map<string, string>();

/** Storage may be full, forbidden or absent; then the value lives as long as the page. */
export function recall(key: string): string | null {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    try {
      const value = window[area].getItem(key);
      if (value !== null) return value;
    } catch {
      // The next place may answer.
    }
  }
  return memory.get(key) ?? null;
}

export function keep(key: string, value: string): void {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    try {
      window[area].setItem(key, value);
      return;
    } catch {
      // The next place may take it.
    }
  }
  memory.set(key, value);
}

export function forget(key: string): void {
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    try {
      window[area].removeItem(key);
    } catch {
      // What cannot be read need not be removed.
    }
  }
  memory.delete(key);
}
