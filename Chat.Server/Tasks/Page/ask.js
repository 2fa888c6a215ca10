const dialog = document.getElementById('ask'), question = document.getElementById('question');
const yes = document.getElementById('yes'), no = document.getElementById('no');

/** Asks before something that cannot be undone. Escape is no; focus goes back to where it was. */
export function ask(text, answer) {
  question.textContent = text;
  yes.textContent = answer;
  dialog.returnValue = 'no';
  yes.onclick = () => dialog.close('yes');
  no.onclick = () => dialog.close('no');
  dialog.showModal();
  no.focus();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes');
  });
}
