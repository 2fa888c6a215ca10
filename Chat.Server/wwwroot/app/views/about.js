// What a conversation is called, what it is about, and its picture.

import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Actions, Dialog, Failure, Question } from './dialogs.js';

export class About extends Question {
  render({ conversation, onClose }, { error, busy }) {
    const { title, topic, avatarUrl } = conversation;
    return html`
      <${Dialog} title=${words.aboutIt} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.title}</span>
            <input name="title" type="text" autocomplete="off" autofocus defaultValue=${title ?? ''} /></label>
          <label class="field"><span>${words.topic}</span>
            <textarea name="topic" rows="2" defaultValue=${topic ?? ''}></textarea></label>
          <label class="field"><span>${words.avatar}</span>
            <input name="avatarUrl" type="text" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr"
              aria-describedby="avatar-hint" defaultValue=${avatarUrl ?? ''} /></label>
          <p class="hint" id="avatar-hint">${words.avatarHint}</p>
          <${Failure} error=${error} />
          <${Actions} submit=${words.save} disabled=${busy} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation } = this.props, { elements } = event.currentTarget, command = {};
    for (const name of ['title', 'topic', 'avatarUrl']) {
      const wanted = elements[name].value.trim();
      if (wanted !== (conversation[name] ?? '')) command[name] = wanted;
    }
    this.run(async () => {
      if (Object.keys(command).length > 0) await chat.client.changeConversation(conversation.id, command);
    });
  };
}
