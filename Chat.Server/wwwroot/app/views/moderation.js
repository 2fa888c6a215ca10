// What moderators see and do in windows of their own: how long a ban or a mute holds and why, slow mode, who is banned,
// reports. And what everybody does: report.

import { html, Component } from '../../vendor/htm-preact.js';
import { shownUser } from '../profiles.js';
import { exactTime } from '../time.js';
import { refusalWords, words as appWords } from '../words.js';
import { Actions, Dialog, Failure, Question } from './dialogs.js';
import { moderationWords } from './moderation-words.js';

const Page = 20;

/** How long a ban or a mute holds, and why. */
export class Terms extends Question {
  render({ name, act, onClose }, { error, busy }) {
    const words = moderationWords(), who = shownUser(name), isBan = act === 'blocked';
    return html`
      <${Dialog} title=${isBan ? words.ban(who) : words.mute(who)} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.howLong}</span>
            <select name="seconds">${options(words.terms, 0)}</select></label>
          <label class="field"><span>${words.reason}</span>
            <input name="reason" type="text" autocomplete="off" maxlength="255"
              aria-describedby="reason-hint" /></label>
          <p class="hint" id="reason-hint">${words.reasonSeen}</p>
          <${Failure} error=${error} />
          <${Actions} submit=${isBan ? words.banIt : words.muteIt} disabled=${busy} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation, name, act } = this.props, { seconds, reason } = event.currentTarget.elements;
    this.run(() => chat.client.setRole(conversation.id, {
      userId: name, role: act, seconds: Number(seconds.value) || null, reason: reason.value.trim() || null,
    }));
  };
}

/** Reports a message (`sequence`) or a user. */
export class Report extends Question {
  render({ name, sequence, onClose }, { error, busy }) {
    const words = moderationWords(), who = shownUser(name);
    return html`
      <${Dialog} title=${sequence === undefined ? words.report(who) : words.reportMessage(who)} onClose=${onClose}>
        <form onSubmit=${this.submit}>
          <label class="field"><span>${words.reason}</span>
            <input name="reason" type="text" autocomplete="off" maxlength="255" required autofocus
              aria-describedby="reason-hint" /></label>
          <p class="hint" id="reason-hint">${words.reportSeen}</p>
          <${Failure} error=${error} />
          <${Actions} submit=${words.reportIt} disabled=${busy} onClose=${onClose} />
        </form>
      <//>`;
  }

  submit = event => {
    event.preventDefault();
    const { chat, conversation, name, sequence } = this.props;
    const reason = event.currentTarget.elements.reason.value.trim();
    const what = sequence === undefined ? { userId: name } : { sequence };
    this.run(async () => {
      await chat.client.report(conversation.id, { ...what, reason });
      chat.attention.say(moderationWords().reported);
    });
  };
}

/** Slow mode, who is banned, and the open reports. */
export class Moderation extends Component {
  state = { slowMode: null, banned: [], reports: [], hasMore: false, error: null, busy: false };

  componentDidMount() {
    const { client } = this.props.chat;
    this.unhook = client.on('reportsChanged', change => {
      if (change.conversationId === this.props.conversation.id) this.load();
    });
    this.load();
  }

  componentWillUnmount() {
    this.over = true;
    this.unhook();
  }

  async load() {
    const { chat: { client }, conversation: { id } } = this.props;
    try {
      const [page, reports] = await Promise.all([
        client.participants(id, { role: 'blocked' }), client.reports(id, { limit: Page }),
      ]);
      if (this.over) return;
      this.setState({
        slowMode: page.slowModeSeconds, banned: page.participants, reports, hasMore: reports.length === Page,
      });
    } catch {
      if (!this.over) this.setState({ error: moderationWords().notLoaded });
    }
  }

  render({ onClose }, { error }) {
    const words = moderationWords();
    return html`
      <${Dialog} title=${words.moderation} onClose=${onClose}>
        ${this.slowMode(words)}
        <section class="field" aria-labelledby="banned-title"><h3 id="banned-title">${words.banned}</h3>
          ${this.banned(words)}</section>
        <section class="field" aria-labelledby="reports-title"><h3 id="reports-title">${words.reports}</h3>
          ${this.reports(words)}</section>
        <${Failure} error=${error} />
        <div class="actions">
          <button type="button" class="secondary" onClick=${onClose}>${appWords.close}</button></div>
      <//>`;
  }

  slowMode(words) {
    const { slowMode, busy } = this.state;
    const isKnown = slowMode === null || words.slowModes.some(([seconds]) => seconds === slowMode);
    const choices = isKnown ? words.slowModes : [...words.slowModes, [slowMode, words.seconds(slowMode)]];
    return html`
      <label class="field"><span>${words.slowMode}</span>
        <select disabled=${busy || slowMode === null} aria-describedby="slow-hint" onChange=${event => {
          const seconds = Number(event.currentTarget.value);
          this.run(({ client }, { id }) => client.changeConversation(id, { slowModeSeconds: seconds }));
        }}>${options(choices, slowMode)}</select></label>
      <p class="hint" id="slow-hint">${words.slowModeHint}</p>`;
  }

  banned(words) {
    const { banned, busy } = this.state;
    if (banned.length === 0) return html`<p class="hint">${words.nobodyBanned}</p>`;
    // Who is banned from a group takes part no longer: somebody has to add the user.
    const isGroup = this.props.conversation.kind === 'group';
    return html`<ul class="cases">${banned.map(({ userId, until, reason }) => html`
      <li key=${userId}><bdi>${shownUser(userId)}</bdi>
        <span class="hint">${[until && words.until(at(until)), reason].filter(Boolean).join(': ')}</span>
        <button type="button" class="secondary" disabled=${busy}
          aria-label=${(isGroup ? words.addAgainLabel : words.unbanLabel)(shownUser(userId))}
          onClick=${() => this.run(({ client }, { id }) => isGroup
            ? client.addParticipants(id, [userId])
            : client.setRole(id, { userId, role: 'member' }))}>${isGroup ? words.addAgain : words.unban}</button>
      </li>`)}</ul>`;
  }

  reports(words) {
    const { reports, hasMore, busy } = this.state;
    if (reports.length === 0) return html`<p class="hint">${words.noReports}</p>`;
    return html`<ul class="cases">${reports.map(one => html`
      <li key=${one.id}><strong>${(one.sequence === null ? words.aboutUser : words.aboutMessage)(shownUser(one.userId))}
        </strong>
        ${one.sequence === null ? null : html`
          <blockquote>${one.entry === null ? words.gone : one.entry.body ?? words.noText}</blockquote>`}
        <span>${one.reason}</span>
        <span class="hint">${words.reportedBy(shownUser(one.reporterId), at(one.createdAt))}</span>
        <span class="actions">
          <button type="button" class="secondary" disabled=${busy}
            aria-label=${words.dismissLabel(shownUser(one.userId))}
            onClick=${() => this.close(one.id, 'dismissed')}>${words.dismiss}</button>
          <button type="button" class="primary" disabled=${busy} aria-label=${words.actedLabel(shownUser(one.userId))}
            onClick=${() => this.close(one.id, 'acted')}>${words.acted}</button></span>
      </li>`)}</ul>
      ${hasMore ? html`<button type="button" class="secondary" disabled=${busy} onClick=${this.more}>
        ${words.more}</button>` : null}`;
  }

  close(id, outcome) {
    return this.run(({ client }) => client.closeReport(id, outcome));
  }

  more = async () => {
    const { chat: { client }, conversation: { id } } = this.props;
    const after = this.state.reports.at(-1).id;
    try {
      const next = await client.reports(id, { after, limit: Page });
      if (!this.over)
        this.setState(({ reports }) => ({
          reports: [...reports, ...next.filter(one => one.id > (reports.at(-1)?.id ?? 0))],
          hasMore: next.length === Page,
        }));
    } catch {
      if (!this.over) this.setState({ error: moderationWords().notLoaded });
    }
  };

  async run(call) {
    const { chat, conversation } = this.props;
    this.setState({ busy: true, error: null });
    try {
      await call(chat, conversation);
      await this.load();
    } catch (error) {
      this.setState({ error: refusalWords(error) });
    } finally {
      if (!this.over) this.setState({ busy: false });
    }
  }
}

const at = time => exactTime(Date.parse(time));

const options = (choices, chosen) => choices.map(([value, label]) => html`
  <option key=${value} value=${value} selected=${value === chosen}>${label}</option>`);
