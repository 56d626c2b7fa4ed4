import { resolve } from 'node:path';

/** How a static server behaves, from the variables that PM2 has for it. */
export interface Settings {
  /** Absolute path of the folder that is served. */
  readonly root: string;
  readonly port: number;
  readonly host: string;
  /** What is sent for a folder: `index.html`. With a single-page app, for pages that are not there too. */
  readonly homepage: string;
  readonly singlePage: boolean;
  /** Whether folders without a homepage are listed. */
  readonly listsFolders: boolean;
  /** Name and password that everybody has to give. null: nobody has to. */
  readonly login: { readonly username: string; readonly password: string } | null;
}

const DEFAULT_PORT = 8080;

/** Reads them from the environment. `cwd` is where a relative folder begins. */
export function settingsFrom(env: NodeJS.ProcessEnv, cwd: string): Settings {
  const flag = (name: string) => env[name] === 'true' || env[name] === '1';
  const { PM2_SERVE_BASIC_AUTH_USERNAME: username = '', PM2_SERVE_BASIC_AUTH_PASSWORD: password = '' } = env;
  return {
    root: resolve(cwd, env.PM2_SERVE_PATH || '.'),
    port: Number(env.PM2_SERVE_PORT || DEFAULT_PORT),
    host: env.PM2_SERVE_HOST || '0.0.0.0',
    homepage: (env.PM2_SERVE_HOMEPAGE || 'index.html').replace(/^\/+/, ''),
    singlePage: flag('PM2_SERVE_SPA'),
    listsFolders: flag('PM2_SERVE_FTP'),
    login: flag('PM2_SERVE_BASIC_AUTH') ? { username, password } : null,
  };
}
