// Before there is a name.

import { html, Component } from '../../vendor/htm-preact.js';
import { limits } from '../../sdk/core/limits.js';
import { hasMore, isReadable } from '../names.js';
import { words } from '../words.js';

export class Welcome extends Component {
  state = { name: '', error: null };

  render(_, { name, error }) {
    return html`
      <main class="welcome">
        <form onSubmit=${this.submit}>
          <img class="mark" src="app/icon.svg" alt="" width="48" height="48" />
          <h1>${words.welcome}</h1>
          <p class="lead">${words.welcomeLead}</p>
          <label class="field"><span>${words.yourName}</span>
            <input id="name" type="text" autocomplete="username" autofocus
              spellcheck="false" value=${name} aria-describedby="name-hint" onInput=${this.input} />
          </label>
          ${error === null ? null : html`<p class="error" role="alert">${error}</p>`}
          <button type="submit" class="primary" disabled=${name.trim() === ''}>${words.start}</button>
          <p class="hint" id="name-hint">${words.nameHint}</p>
        </form>
      </main>`;
  }

  input = event => this.setState({ name: event.currentTarget.value, error: null });

  submit = event => {
    event.preventDefault();
    const wanted = this.state.name.trim().normalize('NFC');
    if (wanted === '') return;
    if (hasMore(wanted, limits.userIdLength)) this.setState({ error: words.nameTooLong(limits.userIdLength) });
    else if (isReadable(wanted)) this.props.onName(wanted);
    else this.setState({ error: words.nameUnreadable });
  };
}
