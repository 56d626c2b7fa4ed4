import type { Paths } from '../../shared/paths.ts';

/** What a machine is to do at boot: bring back the saved apps of a user. */
export interface BootService {
  /** Name of the service: letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  readonly user: string;
  /** Whose home it is. */
  readonly paths: Paths;
  /** Program and first arguments of `pm`, the program with its absolute path. */
  readonly command: readonly string[];
  /** Variables that the command needs besides those of the home; PATH is one of them. */
  readonly env: Readonly<Record<string, string>>;
  /** Start only when the network is up, not just configured. */
  readonly waitForNetwork: boolean;
}

/** How services are installed with one init system. */
export interface InitSystem {
  /** Its name, then the other names that PM2 knows it by. */
  readonly names: readonly [string, ...string[]];
  /** A program that only this system has. */
  readonly program: string;
  readonly defaultName: (user: string) => string;
  readonly file: (service: BootService) => string;
  /** Whether the file is a script. */
  readonly executable: boolean;
  readonly text: (service: BootService) => string;
  /** Commands after the file is there. */
  readonly enable: (service: BootService) => string[][];
  /** Commands before the file is taken away. */
  readonly disable: (service: BootService) => string[][];
}

/** Every variable of the service. */
export const variablesOf = ({ env, paths }: BootService): [name: string, value: string][] =>
  Object.entries({ ...env, ...paths.variables });
