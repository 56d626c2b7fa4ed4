/** What a key asks of the daemon. `target` names workers as on the command line, `label` as on the screen. */
export type Action =
  | { readonly kind: 'restart' | 'reload' | 'stop'; readonly target: string; readonly label: string }
  | { readonly kind: 'scale'; readonly target: string; readonly label: string; readonly by: 1 | -1 };

/** Whether requests or workers may be lost, so that the user is asked first. */
export const needsConsent = (action: Action): boolean =>
  action.kind === 'stop' || action.kind === 'restart' || (action.kind === 'scale' && action.by < 0);

/** `Stop api (4 workers)?` */
export function askConsent(action: Action): string {
  switch (action.kind) {
    case 'stop':
      return `Stop ${action.label}?`;
    case 'restart':
      return `Restart ${action.label}?`;
    case 'reload':
      return `Reload ${action.label}?`;
    case 'scale':
      return action.by < 0 ? `Remove one worker of ${action.label}?` : `Add one worker to ${action.label}?`;
  }
}

/** `Stopping api (4 workers)`, while it goes on. */
export function sayRunning(action: Action): string {
  switch (action.kind) {
    case 'stop':
      return `Stopping ${action.label}`;
    case 'restart':
      return `Restarting ${action.label}`;
    case 'reload':
      return `Reloading ${action.label}`;
    case 'scale':
      return action.by < 0 ? `Removing one worker of ${action.label}` : `Adding one worker to ${action.label}`;
  }
}
