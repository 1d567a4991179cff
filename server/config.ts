import { RETENTION_DAYS } from '../shared/limits.ts';

/** What the environment decides. */
export interface Config {
  port: number;
  /** The address to listen on; 0.0.0.0 is every one of this machine. */
  host: string;
  /** Folder for what must outlive the process. */
  dataDir: string;
  /** Sessions are deleted this many days after their last use. */
  retentionDays: number;
  /** How students reach the server where it cannot know: behind a proxy, in a container. No slash at its end. */
  publicUrl: string | null;
}

export type ConfigFault =
  'bad_port' | 'bad_host' | 'bad_data_dir' | 'bad_retention_days' | 'bad_public_url';

/** A variable of the environment has a value that cannot be used. */
export class ConfigError extends Error {
  constructor(
    readonly code: ConfigFault,
    message: string,
  ) {
    super(message);
  }
}

/** Reads `PORT`, `HOST`, `DATA_DIR`, `RETENTION_DAYS` and `PUBLIC_URL`; an empty one counts as absent. Throws ConfigError. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return {
    port: parsePort(env.PORT || '3000'),
    host: parseHost(env.HOST || '0.0.0.0'),
    dataDir: parseFolder(env.DATA_DIR || './data'),
    retentionDays: parseDays(env.RETENTION_DAYS || String(RETENTION_DAYS.normal)),
    publicUrl: env.PUBLIC_URL ? parsePublicUrl(env.PUBLIC_URL) : null,
  };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) {
    throw new ConfigError('bad_port', `PORT must be a whole number up to 65535, not "${text}"`);
  }
  return port;
}

function parseHost(text: string): string {
  if (!/^[\w.:-]+$/.test(text)) {
    throw new ConfigError('bad_host', `HOST must be an address or a host name, not "${text}"`);
  }
  return text;
}

function parseFolder(text: string): string {
  if (text.includes('\0')) throw new ConfigError('bad_data_dir', 'DATA_DIR must be a path');
  return text;
}

function parseDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (!(days >= RETENTION_DAYS.min && days <= RETENTION_DAYS.max)) {
    const { min, max } = RETENTION_DAYS;
    throw new ConfigError(
      'bad_retention_days',
      `RETENTION_DAYS must be a whole number from ${min} to ${max}, not "${text}"`,
    );
  }
  return days;
}

function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && !url.search && !url.hash && !url.username && !url.password;
  if (!plain || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(
      'bad_public_url',
      `PUBLIC_URL must look like https://example.org, not "${text}"`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
