// Names that are offered while one is written after an @. The field stays the composer's: this only listens to it.

import { html, Component } from '../../vendor/htm-preact.js';
import { begun, completed, meant } from '../mentioning.js';
import { folded } from '../names.js';
import { shownUser } from '../profiles.js';
import { words } from '../words.js';
import { Avatar, Icon, isComposing } from './small.js';

/** In place of an id: all of them. */
const Everyone = null;

export class Suggestions extends Component {
  state = { asked: null, people: [], chosen: 0 };

  componentDidMount() {
    this.field = this.props.fieldOf();
    this.field.addEventListener('input', this.look);
    this.field.addEventListener('keydown', this.key, { capture: true });
    this.field.addEventListener('blur', this.none);
    this.look();
  }

  componentDidUpdate() {
    const { people, chosen } = this.state;
    if (people.length === 0) return this.tidy();
    const { prefix } = this.props.stream;
    this.field.setAttribute('aria-controls', `${prefix}suggestions`);
    this.field.setAttribute('aria-activedescendant', `${prefix}suggestion-${chosen}`);
  }

  componentWillUnmount() {
    this.field.removeEventListener('input', this.look);
    this.field.removeEventListener('keydown', this.key, { capture: true });
    this.field.removeEventListener('blur', this.none);
    this.tidy();
  }

  render({ stream: { prefix } }, { people, chosen }) {
    return people.length === 0 ? null : html`
      <ul class="suggestions" id=${`${prefix}suggestions`} role="listbox" aria-label=${words.mentionWhom}>
        ${people.map((id, i) => html`
          <li key=${id ?? ''} id=${`${prefix}suggestion-${i}`} role="option"
            aria-selected=${i === chosen ? 'true' : 'false'}
            onMouseDown=${event => this.press(event, id)}>
            ${id === Everyone ? html`
              <${Icon} name="people" /><span><b>${words.everyone}</b> ${words.everyoneMeans}</span>` : html`
              <${Avatar} name=${id} small /><bdi>${shownUser(id)}</bdi>`}</li>`)}
      </ul>`;
  }

  look = () => {
    const { stream, self } = this.props, { value, selectionEnd } = this.field;
    const asked = begun(value, selectionEnd), all = stream.people?.keys() ?? stream.names ?? [];
    const people = asked === null ? [] : meant(all, asked.query, self);
    const isBegun = asked !== null && words.everyone.startsWith(folded(asked.query));
    if (isBegun && this.props.everyone()) people.push(Everyone);
    this.setState({ asked, people, chosen: 0 });
  };

  none = () => this.setState({ asked: null, people: [] });

  // While names are shown, the keys are for them.
  key = event => {
    const { people, chosen } = this.state, step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (people.length === 0 || isComposing(event)) return;
    if (step !== undefined) this.setState({ chosen: (chosen + step + people.length) % people.length });
    else if (event.key === 'Enter' || event.key === 'Tab') this.choose(people[chosen]);
    else if (event.key === 'Escape') this.none();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  press(event, id) {
    event.preventDefault(); // the field keeps the focus
    this.choose(id);
  }

  choose(id) {
    const { at, query } = this.state.asked;
    const name = id === Everyone ? words.everyone : shownUser(id);
    const { text, caret } = completed(this.field.value, at, at + query.length + 1, name);
    this.none();
    this.props.onText(text, caret);
  }

  tidy() {
    for (const name of ['aria-controls', 'aria-activedescendant']) this.field.removeAttribute(name);
  }
}
