const $ = (id) => document.getElementById(id);
const dialog = $('rewind'), to = $('rewind-to'), time = $('rewind-time'), only = $('rewind-only');

to.onchange = () => {
  $('rewind-when').hidden = to.value !== 'time';
  time.required = to.value === 'time';
};

/** Asks where an observer is to go on; null: nowhere. */
export function askRewind(name) {
  $('rewind-title').textContent = `Show ${name} entries again`;
  to.value = 'beginning';
  [time.value, only.value] = ['', ''];
  to.onchange();
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () =>
      resolve(dialog.returnValue !== 'yes' ? null : {
        to: to.value === 'time' ? new Date(time.value).toISOString() : to.value,
        conversation: only.value.trim(),
      });
  });
}
