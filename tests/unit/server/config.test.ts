import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../../server/config.ts';

describe('the configuration', () => {
  it('has a default for everything; an empty variable counts as absent', () => {
    const defaults = {
      port: 3000,
      host: '0.0.0.0',
      dataDir: './data',
      retentionDays: 30,
      publicUrl: null,
    };
    expect(parseConfig({})).toEqual(defaults);
    const empty = { PORT: '', HOST: '', DATA_DIR: '', RETENTION_DAYS: '', PUBLIC_URL: '' };
    expect(parseConfig(empty)).toEqual(defaults);
  });

  it('takes what is given', () => {
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: '/var/lib/brain',
      RETENTION_DAYS: '7',
      PUBLIC_URL: 'https://brain.example/class/',
    };
    expect(parseConfig(env)).toEqual({
      port: 0,
      host: '127.0.0.1',
      dataDir: '/var/lib/brain',
      retentionDays: 7,
      publicUrl: 'https://brain.example/class',
    });
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
