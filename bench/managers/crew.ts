/** Things that run at the same time and are ended together, last one first. (`AsyncDisposableStack`, which Node 20 lacks.) */
export class Crew implements AsyncDisposable {
  readonly #members: AsyncDisposable[] = [];

  add<T extends AsyncDisposable>(member: T): T {
    this.#members.push(member);
    return member;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const member of this.#members.reverse()) await member[Symbol.asyncDispose]();
  }
}
