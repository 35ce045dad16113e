// Changes go to the server one after another; each answer says what is other than before.

const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

export class RefusedError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export async function ask(url, body) {
  let answer;
  try {
    answer = await fetch(url, body === undefined ? { headers: { Accept: "application/json" } } : { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(body) });
  } catch {
    throw new RefusedError(0, "offline", "");
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new RefusedError(answer.status, content.error?.code ?? "failed", content.error?.message ?? "");
  return content;
}

export class Saver {
  /**
   * `arrived(change, delta)` is called with each answer. `declined(change, error)` is called where a change can't be
   * made: what waits behind it still is. `failed(error)` is called where it is not known to be saved: what waits behind
   * it is dropped. `waiting(isWaiting)` is called as something begins to wait, and when everything is saved.
   */
  constructor(pair, { arrived, declined, failed, waiting }) {
    this.url = `/pairs/${pair}/changes`;
    Object.assign(this, { arrived, declined, failed, waiting });
    this.pending = [];
    this.idlers = [];
    this.isBusy = false;
  }

  add(change) {
    this.pending.push(change);
    this.waiting(true);
    this.work();
  }

  async work() {
    if (this.isBusy) return;
    this.isBusy = true;
    let isSaved = true;
    while (this.pending.length) {
      const change = this.pending[0];
      try {
        const delta = await ask(this.url, { revision: this.revision, change });
        this.pending.shift();
        isSaved = true;
        this.revision = delta.revision;
        this.arrived(change, delta);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        if (["nothing", "built_upon"].includes(error.code)) {
          this.pending.shift();
          this.declined(change, error);
        } else {
          this.pending.length = 0;
          isSaved = false;
          await this.failed(error);
        }
      }
    }
    this.isBusy = false;
    if (isSaved) this.waiting(false);
    this.idlers.splice(0).forEach((go) => go());
  }

  /** Wait until nothing waits any more. */
  idle() {
    return this.isBusy ? new Promise((go) => this.idlers.push(go)) : Promise.resolve();
  }
}
