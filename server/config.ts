import { RETENTION_DAYS } from '../shared/limits.ts';
import { Proxies, type TrustedProxies } from './http/proxies.ts';

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
  /** Path below which a proxy shows the server, such as `/brain`; empty at the top. */
  basePath: string;
  /** Proxies whose word about the client's address is taken. */
  trustProxy: TrustedProxies;
  /** What has to be known to open a session; null where anybody may. */
  instructorPassword: string | null;
  /** What has to be known to read `/metrics`; null where only this machine may. */
  metricsToken: string | null;
}

export type ConfigFault =
  | 'bad_port'
  | 'bad_host'
  | 'bad_data_dir'
  | 'bad_retention_days'
  | 'bad_public_url'
  | 'bad_base_path'
  | 'bad_trust_proxy'
  | 'bad_instructor_password'
  | 'bad_metrics_token';

/** Proxies one behind the other. */
const MAX_PROXIES = 10;

/** Characters of a password that keep it from being guessed at the rate that is let through, and from being a text. */
const PASSWORD_LENGTH = { min: 8, max: 200 };

/** A variable of the environment has a value that cannot be used. */
export class ConfigError extends Error {
  constructor(
    readonly code: ConfigFault,
    message: string,
  ) {
    super(message);
  }
}

/** Reads the variables that README.md lists; an empty one counts as absent. Throws ConfigError. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { INSTRUCTOR_PASSWORD: password, METRICS_TOKEN: token } = env;
  return {
    port: parsePort(env.PORT || '3000'),
    host: parseHost(env.HOST || '0.0.0.0'),
    dataDir: parseFolder(env.DATA_DIR || './data'),
    retentionDays: parseDays(env.RETENTION_DAYS || String(RETENTION_DAYS.normal)),
    ...parsePlace(env.PUBLIC_URL, env.BASE_PATH),
    trustProxy: parseTrustProxy(env.TRUST_PROXY ?? ''),
    instructorPassword: password
      ? parsePassword('INSTRUCTOR_PASSWORD', password, 'bad_instructor_password')
      : null,
    metricsToken: token ? parseToken(token) : null,
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

/** The path of the public address and the base path are the same thing: either may name it. */
function parsePlace(
  publicText: string | undefined,
  baseText: string | undefined,
): Pick<Config, 'publicUrl' | 'basePath'> {
  const publicUrl = publicText ? parsePublicUrl(publicText) : null;
  const publicPath = publicUrl ? withoutSlash(new URL(publicUrl).pathname) : '';
  const basePath = baseText ? parseBasePath(baseText) : publicPath;
  if (publicPath !== '' && publicPath !== basePath) {
    throw new ConfigError(
      'bad_base_path',
      `BASE_PATH is "${basePath}", but PUBLIC_URL ends with "${publicPath}"`,
    );
  }
  return { publicUrl: publicUrl && publicPath === '' ? publicUrl + basePath : publicUrl, basePath };
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
  return withoutSlash(url.href);
}

function parseBasePath(text: string): string {
  const path = withoutSlash(text);
  if (!/^(\/[\w.~-]+)*$/.test(path) || /\/\.\.?(\/|$)/.test(path)) {
    throw new ConfigError('bad_base_path', `BASE_PATH must look like /brain, not "${text}"`);
  }
  return path;
}

function parseTrustProxy(text: string): TrustedProxies {
  const fault = () =>
    new ConfigError(
      'bad_trust_proxy',
      `TRUST_PROXY must be a number of proxies up to ${MAX_PROXIES}, or their addresses with commas between, not "${text}"`,
    );
  if (/^\d*$/.test(text)) {
    if (Number(text) > MAX_PROXIES) throw fault();
    return Number(text);
  }
  const addresses = text.split(',').map((each) => each.trim());
  try {
    new Proxies(addresses);
  } catch {
    throw fault();
  }
  return addresses;
}

function parsePassword(name: string, text: string, fault: ConfigFault): string {
  const { min, max } = PASSWORD_LENGTH;
  // The value itself is not for the terminal.
  if (text.length < min || text.length > max) {
    throw new ConfigError(fault, `${name} must have ${min} to ${max} characters`);
  }
  return text;
}

/** A token travels in a header, as one word. */
function parseToken(text: string): string {
  if (/\s/.test(text))
    throw new ConfigError('bad_metrics_token', 'METRICS_TOKEN has a space in it');
  return parsePassword('METRICS_TOKEN', text, 'bad_metrics_token');
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
