import type { Pm } from './pm.ts';
import type { Pm2 } from './pm2/pm2.ts';

type Method = (...args: unknown[]) => unknown;

/** A Pm whose methods are those of PM2 when their last argument is a function, or when only PM2 has them. */
export function takingCallbacks(pm: Pm, pm2: Pm2): Pm & Pm2 {
  const own = methodsOf(pm);
  for (const [name, callbackForm] of methodsOf(pm2)) {
    const promiseForm = own.get(name);
    const value = (...args: unknown[]) => {
      if (promiseForm === undefined || typeof args.at(-1) === 'function') return callbackForm.apply(pm2, args);
      if (name === 'disconnect') pm2.disconnect(); // with the bus
      return promiseForm.apply(pm, args);
    };
    Object.defineProperty(pm, name, { value, enumerable: true });
  }
  Object.defineProperty(pm, 'custom', { value: pm2.custom, enumerable: true });
  return pm as Pm & Pm2; // by the loop above
}

/** Those of its class and of the classes above. */
function methodsOf(object: object): Map<string, Method> {
  const above: unknown = Object.getPrototypeOf(object);
  if (above === Object.prototype || typeof above !== 'object' || above === null) return new Map();
  const own = Object.entries(Object.getOwnPropertyDescriptors(above))
    .filter(([name, { value }]) => name !== 'constructor' && typeof value === 'function')
    .map(([name, { value }]) => [name, value as Method] as const); // a function, by the line above
  return new Map([...methodsOf(above), ...own]);
}
