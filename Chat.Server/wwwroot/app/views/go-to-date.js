// A window that asks for a day, and brings what was written then into view.

import { html } from '../../vendor/htm-preact.js';
import { dateOf } from '../time.js';
import { words } from '../words.js';
import { Actions, Dialog, Failure, Question } from './dialogs.js';

/** Another day of a conversation. */
export class GoToDate extends Question {
  render({ chat, conversation, onClose }, { error, busy }) {
    return html`
      <${Dialog} title=${words.toDate} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.date}</span>
            <input name="date" type="date" required autofocus min=${dateOf(conversation.createdAt)}
              max=${dateOf(chat.time.now())} onInput=${() => this.setState({ error: null })} /></label>
          <${Failure} error=${error} />
          <${Actions} submit=${words.goThere} disabled=${busy} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation } = this.props;
    const midnight = new Date(`${event.currentTarget.elements.date.value}T00:00`).getTime(); // here, and not of UTC
    this.run(async () => {
      const seq = await firstSince(chat.client, conversation, midnight);
      if (seq === 0) return words.noneSince;
      await chat.goTo(conversation, seq);
    });
  };
}

/**
 * The first entry of a time or after it; 0: there is none. Asked for by halving what is left.
 * @param {import('../../sdk/chat-client.js').ChatClient} client
 * @param {import('../conversation.js').Conversation} conversation
 * @param {number} time milliseconds since 1970
 */
async function firstSince(client, conversation, time) {
  let low = 1, high = conversation.last + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const held = conversation.log.at(middle);
    const { entries } = held ? { entries: [held] }
      : await client.history(conversation.id, { after: middle - 1, limit: 1 });
    if (entries.length === 0 || Date.parse(entries[0].createdAt) >= time) high = middle;
    else low = middle + 1;
  }
  return low > conversation.last ? 0 : low;
}
