// Before there is a name.

import { html, Component } from '../../vendor/htm-preact.js';

export class Welcome extends Component {
  state = { name: '', error: null };

  render({ onName }, { name, error }) {
    const submit = event => {
      event.preventDefault();
      const wanted = name.trim();
      if (/[\p{Cc}\p{Cs}]/u.test(wanted)) this.setState({ error: 'A name must not contain control characters.' });
      else if (wanted !== '') onName(wanted);
    };
    return html`
      <main class="welcome">
        <form onSubmit=${submit}>
          <img class="mark" src="app/icon.svg" alt="" width="48" height="48" />
          <h1>Welcome to Chat</h1>
          <p class="lead">Say who you are, and you are in.</p>
          <label class="field"><span>Your name</span>
            <input id="name" type="text" maxlength="255" autocomplete="username" autofocus spellcheck="false" value=${name} aria-describedby="name-hint" onInput=${event => this.setState({ name: event.currentTarget.value, error: null })} />
          </label>
          ${error === null ? null : html`<p class="error" role="alert">${error}</p>`}
          <button type="submit" class="primary" disabled=${name.trim() === ''}>Start chatting</button>
          <p class="hint" id="name-hint">It is remembered on this device. There is no password: whoever uses the same name is the same person.</p>
        </form>
      </main>`;
  }
}
