// Puts the chosen theme on before anything is drawn, then starts the page's wasm.
import init from './page/eniac_web.js';

try {
  const theme = localStorage.getItem('eniac.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Where nothing may be kept, the system's theme it is.
}

init().catch((error) => {
  const says = document.querySelector('.loading');
  if (says) {
    says.textContent = `eniac could not start: ${error.message ?? error}`;
  }
});
