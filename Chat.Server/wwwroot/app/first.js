// Before anything is drawn: the theme that was chosen, so that nothing flashes. A script of its own, and no module.
try {
  const theme = localStorage.getItem('chat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that refuses storage.
}
