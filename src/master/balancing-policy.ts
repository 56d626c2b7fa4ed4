/** What a policy needs to know of a worker that may take a connection. */
export interface Seat {
  /** Number of the connection it was given last; counts up over the whole pool, 0: none yet. */
  readonly lastTurn: number;
}

/** Round-robin: of the seats that may take the connection, the one whose last turn is longest ago. */
export function nextInTurn<S extends Seat>(seats: Iterable<S>, mayTake: (seat: S) => boolean): S | null {
  let next: S | null = null;
  for (const seat of seats) {
    if (mayTake(seat) && (next === null || seat.lastTurn < next.lastTurn)) next = seat;
  }
  return next;
}
