// Where the server wants a token and nobody has handed one over: people sign in at a provider, or paste a token.

import { html, Component } from '../../vendor/htm-preact.js';
import { words } from '../words.js';

export class SignIn extends Component {
  state = { token: '' };

  render({ at, wantsToken, isBusy, error }, { token }) {
    return html`
      <main class="welcome">
        <form onSubmit=${this.submit}>
          <img class="mark" src="app/icon.svg" alt="" width="48" height="48" />
          <h1>${words.signIn}</h1>
          <p class="lead">${at === null ? words.signInLead : words.signInAt(at)}</p>
          ${wantsToken ? html`
            <label class="field"><span>${words.token}</span>
              <input id="token" type="password" autocomplete="off" autofocus spellcheck="false" value=${token}
                aria-describedby="token-hint" onInput=${this.input} />
            </label>` : null}
          ${error === null ? null : html`<p class="error" role="alert">${error}</p>`}
          <button type="submit" class="primary" disabled=${isBusy || (wantsToken && token.trim() === '')}>
            ${isBusy ? words.signingIn : wantsToken ? words.start : words.signInButton}</button>
          ${wantsToken ? html`<p class="hint" id="token-hint">${words.tokenHint}</p>` : null}
        </form>
      </main>`;
  }

  input = event => this.setState({ token: event.currentTarget.value });

  submit = event => {
    event.preventDefault();
    const token = this.state.token.trim();
    if (!this.props.wantsToken) this.props.onSignIn();
    else if (token !== '') this.props.onToken(token);
  };
}
