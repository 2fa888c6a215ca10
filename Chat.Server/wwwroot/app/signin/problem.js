/**
 * Why somebody could not sign in: `denied`, `none` (it takes a person to sign in), `mismatch` (the answer belongs to no
 * question of this tab), `unreachable`, `refused` (`detail` is what the provider said), `insecure`, `storage`.
 */
export class SignInProblem extends Error {
  /** @param {string} kind @param {string | null} [detail] */
  constructor(kind, detail = null) {
    super(`The sign-in failed: ${kind}${detail ? `, ${detail}` : ''}`);
    this.name = 'SignInProblem';
    [this.kind, this.detail] = [kind, detail];
  }
}
