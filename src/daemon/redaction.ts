import type { PoolEvent } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';

/** A spec for somebody who did not ask for the environment, where secrets are. */
export const withoutEnv = (spec: AppSpec): AppSpec => ({ ...spec, env: {}, envBlocks: {} });

/** An event as subscribers get it. */
export const redactEvent = (event: PoolEvent): PoolEvent =>
  event.type === 'spec-changed' ? { ...event, spec: withoutEnv(event.spec) } : event;
