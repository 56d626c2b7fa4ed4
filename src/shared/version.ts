import { version } from '../../package.json';

/** Version of this program; the bundler puts it in. */
export const VERSION: string = version;
