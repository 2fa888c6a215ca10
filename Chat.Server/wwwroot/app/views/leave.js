// Leaving a conversation is confirmed first: the way back is through others.

import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Actions, Dialog, Failure, Question } from './dialogs.js';

export class Leave extends Question {
  render({ conversation, onClose }, { error, busy }) {
    return html`
      <${Dialog} title=${words.leaveTitle(conversation.name)} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <p class="hint">${words.leaveMeans}</p>
          <${Failure} error=${error} />
          <${Actions} submit=${words.leave} isGrave disabled=${busy} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation } = this.props;
    this.run(() => chat.client.removeParticipant(conversation.id, chat.self));
  };
}
