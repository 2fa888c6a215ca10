// Who is what in a conversation, and what the user may do about it. The server decides, by the same table.

import { isAbove, may } from '../../sdk/chat-client.js';
import { limits } from '../../sdk/core/limits.js';
import { html, Component } from '../../vendor/htm-preact.js';
import { personActs, refusalWords, roleLabels, words } from '../words.js';
import { later } from './later.js';

const dialog = name => later(() => import('./moderation.js').then(file => file[name]));
const Dialogs = { terms: dialog('Terms'), report: dialog('Report'), moderation: dialog('Moderation') };

const Page = limits.participantsPage;

/** Asks who is what, again when it changes, and draws it. */
export class Roles extends Component {
  state = { role: null, others: new Map(), busy: false, asked: null, reports: 0 };

  componentDidMount() {
    this.unhook = this.props.chat.client.on('reportsChanged', change => {
      if (change.conversationId === this.props.conversation.id) this.countReports();
    });
    this.load();
  }

  componentDidUpdate({ version }) {
    if (version !== this.props.version) this.load();
  }

  componentWillUnmount() {
    this.over = true;
    this.unhook();
  }

  async load() {
    const { chat, conversation } = this.props;
    const others = new Map();
    try {
      for (let after; ;) {
        const page = await chat.client.participants(conversation.id, { limit: Page, ...(after && { after }) });
        for (const one of page.participants) others.set(one.userId, one.role);
        if (this.over) return;
        if (page.participants.length < Page) {
          this.setState({ role: page.role, others }, () => this.countReports());
          return;
        }
        after = page.participants.at(-1).userId;
      }
    } catch {
      // Without a connection nobody can do anything about it either: asked again when it changes, or is opened again.
    }
  }

  /** From the first time on it is told when there are others. */
  async countReports() {
    if (!this.may('seeReports')) return;
    try {
      const reports = await this.props.chat.client.reports(this.props.conversation.id);
      if (!this.over) this.setState({ reports: reports.length });
    } catch {
      // likewise
    }
  }

  render({ draw }) {
    return draw(this);
  }

  /**
   * Opens a window: `terms`, `report` or `moderation`.
   * @param {string} what @param {{name?: string, act?: string}} [of]
   */
  ask(what, of = {}) {
    this.setState({ asked: { what, ...of } });
  }

  /** The window that is open, if one is. */
  dialog() {
    const { asked } = this.state, { chat, conversation } = this.props;
    if (asked === null) return null;
    return html`<${Dialogs[asked.what]} chat=${chat} conversation=${conversation} name=${asked.name} act=${asked.act}
      onClose=${() => this.setState({ asked: null })} />`;
  }

  get self() {
    return this.props.chat.self;
  }

  may(act) {
    return may(act, this.props.conversation.kind, this.state.role);
  }

  label(name) {
    return roleLabels[this.state.others.get(name)] ?? '';
  }

  /** What the user may do with this one. @param {string} name */
  actsOn(name) {
    const role = this.state.others.get(name);
    if (role === undefined || name === this.self) return [];
    const gives = this.may('setRole') ? ['owner', 'moderator', 'member'].filter(one => one !== role) : [];
    if (!isAbove(this.state.role, role)) return gives;
    const mutes = !this.may('mute') ? [] : role === 'readonly' ? ['unmute'] : ['readonly'];
    return [...gives, ...mutes, ...(this.may('remove') ? ['remove'] : []), ...(this.may('ban') ? ['blocked'] : [])];
  }

  /** @param {string} name @param {string} act */
  async act(name, act) {
    if (act === 'readonly' || act === 'blocked') {
      this.ask('terms', { name, act });
      return;
    }
    const { chat, conversation } = this.props;
    await this.run(() => act === 'remove'
      ? chat.client.removeParticipant(conversation.id, name)
      : chat.client.setRole(conversation.id, { userId: name, role: act === 'unmute' ? 'member' : act }));
  }

  /** @param {string} title */
  rename(title) {
    const { chat, conversation } = this.props;
    return this.run(() => chat.client.changeConversation(conversation.id, { title }));
  }

  async run(call) {
    this.setState({ busy: true });
    try {
      await call();
    } catch (error) {
      this.props.chat.attention.say(refusalWords(error));
    } finally {
      this.setState({ busy: false });
    }
  }
}

/** @param {{roles: Roles, name: string}} props */
export function PersonMenu({ roles, name }) {
  const acts = roles.actsOn(name);
  if (acts.length === 0) return null;
  return html`
    <select aria-label=${words.actsLabel(name)} disabled=${roles.state.busy} value=""
      onChange=${event => choose(event.currentTarget, act => roles.act(name, act))}>
      <option value="">…</option>
      ${acts.map(act => html`<option key=${act} value=${act}>${personActs[act]}</option>`)}
    </select>`;
}

/** @param {HTMLSelectElement} select @param {(act: string) => void} then */
function choose(select, then) {
  const act = select.value;
  select.value = '';
  if (act !== '') then(act);
}

/** @param {{roles: Roles, conversation: any}} props */
export function TitleForm({ roles, conversation }) {
  if (conversation.kind !== 'group' || conversation.closed || !roles.may('changeSettings')) return null;
  return html`
    <form class="title" onSubmit=${event => {
      event.preventDefault();
      roles.rename(event.currentTarget.elements.title.value);
    }}>
      <input name="title" type="text" autocomplete="off" aria-label=${words.title} placeholder=${words.title}
        defaultValue=${conversation.title ?? ''} key=${conversation.title} />
      <button type="submit" class="secondary" disabled=${roles.state.busy}>${words.changeTitle}</button>
    </form>`;
}
