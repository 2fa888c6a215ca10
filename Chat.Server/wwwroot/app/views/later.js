// What is not there at first: its code comes when it is first shown, so that a first visit is small.

import { html, Component } from '../../vendor/htm-preact.js';
import { more } from '../language.js';

const AgainMilliseconds = 2_000;

/** @type {Promise<void>|null} */
let styles = null;

// How that looks comes with the first of it.
function styled() {
  return styles ??= new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'app/later.css' });
    link.onload = () => resolve();
    link.onerror = () => {
      styles = null;
      link.remove();
      reject();
    };
    document.head.append(link);
  });
}

/**
 * Shows nothing until the code is there. Where it does not come, what can be closed is closed: opened again it is tried
 * again. What cannot be closed is asked for again by itself.
 * @param {() => Promise<any>} load gives the component, which may have the property `onClose`
 */
export function later(load) {
  /** @type {any} */
  let part = null;
  return class Later extends Component {
    componentDidMount() {
      if (part === null) this.load();
    }

    componentWillUnmount() {
      this.over = true;
      clearTimeout(this.again);
    }

    async load() {
      try {
        [part] = await Promise.all([load(), styled(), more()]);
        if (!this.over) this.forceUpdate();
      } catch {
        if (this.over) return;
        if (this.props.onClose) this.props.onClose();
        else this.again = setTimeout(() => this.load(), AgainMilliseconds);
      }
    }

    render(props) {
      return part === null ? null : html`<${part} ...${props} />`;
    }
  };
}
