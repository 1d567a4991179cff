import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../../server/config.ts';

describe('the configuration', () => {
  it('has a default for everything; an empty variable counts as absent', () => {
    const defaults = {
      ...{ port: 3000, host: '0.0.0.0', dataDir: './data', retentionDays: 30 },
      ...{
        publicUrl: null,
        basePath: '',
        trustProxy: 0,
        instructorPassword: null,
        metricsToken: null,
      },
    };
    expect(parseConfig({})).toEqual(defaults);
    const empty = { PORT: '', HOST: '', DATA_DIR: '', PUBLIC_URL: '', BASE_PATH: '' };
    const none = {
      RETENTION_DAYS: '',
      TRUST_PROXY: '',
      INSTRUCTOR_PASSWORD: '',
      METRICS_TOKEN: '',
    };
    expect(parseConfig({ ...empty, ...none })).toEqual(defaults);
  });

  it('takes what is given', () => {
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: '/var/lib/brain',
      RETENTION_DAYS: '7',
      PUBLIC_URL: 'https://brain.example/class/',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      INSTRUCTOR_PASSWORD: 'correct horse',
      METRICS_TOKEN: 'battery-staple',
    };
    expect(parseConfig(env)).toEqual({
      port: 0,
      host: '127.0.0.1',
      dataDir: '/var/lib/brain',
      retentionDays: 7,
      publicUrl: 'https://brain.example/class',
      basePath: '/class',
      trustProxy: ['loopback', '10.0.0.0/8'],
      instructorPassword: 'correct horse',
      metricsToken: 'battery-staple',
    });
  });

  it('takes the base path from either variable, for the address of the class as well', () => {
    const place = (env: Record<string, string>) => {
      const { publicUrl, basePath } = parseConfig(env);
      return [publicUrl, basePath];
    };
    const PUBLIC_URL = 'https://brain.example';
    expect(place({ BASE_PATH: '/a/b/' })).toEqual([null, '/a/b']);
    expect(place({ BASE_PATH: '/' })).toEqual([null, '']);
    expect(place({ PUBLIC_URL, BASE_PATH: '/a' })).toEqual([`${PUBLIC_URL}/a`, '/a']);
    expect(place({ PUBLIC_URL: `${PUBLIC_URL}/a`, BASE_PATH: '/a/' })).toEqual([
      `${PUBLIC_URL}/a`,
      '/a',
    ]);
    const differ = { PUBLIC_URL: `${PUBLIC_URL}/a`, BASE_PATH: '/b' };
    expect(() => place(differ)).toThrow(expect.objectContaining({ code: 'bad_base_path' }));
  });

  it('takes a number of proxies', () => {
    expect(parseConfig({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
  });

  it('does not say a password that is refused', () => {
    const parse = () => parseConfig({ INSTRUCTOR_PASSWORD: 'sesame' });
    expect(parse).toThrow('8 to 200 characters');
    expect(parse).not.toThrow('sesame');
  });

  it.each([
    ['PORT', 'http', 'bad_port'],
    ['PORT', '-1', 'bad_port'],
    ['PORT', '65536', 'bad_port'],
    ['PORT', '80.5', 'bad_port'],
    ['HOST', 'my host', 'bad_host'],
    ['DATA_DIR', 'a\0b', 'bad_data_dir'],
    ['RETENTION_DAYS', '0', 'bad_retention_days'],
    ['RETENTION_DAYS', '3651', 'bad_retention_days'],
    ['RETENTION_DAYS', 'never', 'bad_retention_days'],
    ['BASE_PATH', 'brain', 'bad_base_path'],
    ['BASE_PATH', '/a//b', 'bad_base_path'],
    ['BASE_PATH', '/a/../b', 'bad_base_path'],
    ['BASE_PATH', '/"><script>', 'bad_base_path'],
    ['TRUST_PROXY', '11', 'bad_trust_proxy'],
    ['TRUST_PROXY', 'yes', 'bad_trust_proxy'],
    ['TRUST_PROXY', '10.0.0.0/99', 'bad_trust_proxy'],
    ['INSTRUCTOR_PASSWORD', 'sesame', 'bad_instructor_password'],
    ['METRICS_TOKEN', 'battery staple', 'bad_metrics_token'],
    ['METRICS_TOKEN', 'x'.repeat(201), 'bad_metrics_token'],
    ['PUBLIC_URL', 'brain.example', 'bad_public_url'],
    ['PUBLIC_URL', 'ftp://brain.example', 'bad_public_url'],
    ['PUBLIC_URL', 'https://brain.example/?a=1', 'bad_public_url'],
    ['PUBLIC_URL', 'https://me:secret@brain.example', 'bad_public_url'],
  ])('%s=%j is refused with %s', (name, value, code) => {
    const parse = () => parseConfig({ [name]: value });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(expect.objectContaining({ code }));
    expect(parse).toThrow(name);
  });
});
