import { type Callback, callBack, splitCallback } from './callback.ts';

/** Of PM2's API: the web service of its vendor. Programs that call these go on; there is nothing that they could link to. */
export abstract class Pm2Vendor {
  link(...args: unknown[]): void {
    nothingToLinkTo(args);
  }

  linkManagement(...args: unknown[]): void {
    nothingToLinkTo(args);
  }

  unlink(callback?: Callback): void {
    nothingToLinkTo([callback]);
  }

  agentInfos(callback?: Callback): void {
    nothingToLinkTo([callback]);
  }

  killAgent(callback?: Callback): void {
    nothingToLinkTo([callback]);
  }

  monitorState(...args: unknown[]): void {
    nothingToLinkTo(args);
  }
}

function nothingToLinkTo(args: readonly unknown[]): void {
  callBack(Promise.resolve({ success: true }), splitCallback(args).callback);
}
