// A server that asks nobody who they are, and that others can reach.

import { html } from '../../vendor/htm-preact.js';
import { words } from '../words.js';
import { Icon } from './small.js';

export const OpenBar = () => html`
  <div class="open-bar" role="note">
    <${Icon} name="unlocked" /><span><b>${words.openServer}</b> ${words.openMeans}</span>
  </div>`;
