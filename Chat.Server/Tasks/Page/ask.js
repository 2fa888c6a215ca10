const dialog = document.getElementById('ask'), question = document.getElementById('question');
const yes = document.getElementById('yes'), no = document.getElementById('no');

/** Asks for confirmation of what cannot be undone. Escape means no; focus returns to where it was. */
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
