// What is not there at first: its code comes when it is first shown, so that a first visit is small.

import { html, Component } from '../../vendor/htm-preact.js';

/**
 * Shows nothing until the code is there. Where it does not come, what is shown is closed: opened again it is tried
 * again.
 * @param {() => Promise<any>} load gives the component, which has the property `onClose`
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
    }

    async load() {
      try {
        part = await load();
        if (!this.over) this.forceUpdate();
      } catch {
        if (!this.over) this.props.onClose();
      }
    }

    render(props) {
      return part === null ? null : html`<${part} ...${props} />`;
    }
  };
}
