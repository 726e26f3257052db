/** Somebody whom a visitor of GraphiQL may ask as, without having to get a token first. */
export interface ReadyViewer {
  readonly label: string;
  /** The header that says so. */
  readonly authorization: string;
}

/**
 * What stands above GraphiQL for its visitors to choose who asks. GraphiQL asks by the page's `fetch`, which adds the
 * header of the one chosen where the editor of headers has none. So no tab and nothing that is stored of it is touched.
 */
export function viewerSwitch(viewers: readonly ReadyViewer[]): string {
  if (viewers.length === 0) return '';
  const options = viewers.map(
    ({ label, authorization }) =>
      `<option value="${escapeHtml(authorization)}">${escapeHtml(label)}</option>`,
  );
  return `
<style>${style}</style>
<div id="viewer-switch">
  <label>Ask as <select>${options.join('')}</select></label>
  <code></code>
</div>
<script>{${script}}</script>
`;
}

// GraphiQL tells by a class which theme was chosen, and follows the system without one. The colours are its own.
const style = `
  body { display: flex; flex-direction: column; height: 100dvh; }
  #root { flex: 1; min-height: 0; }
  .graphiql-container { height: 100% !important; }
  #viewer-switch {
    display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 8px 16px 0;
    color-scheme: light dark; font: 14px sans-serif;
    color: light-dark(hsl(219 28% 32%), hsl(219 29% 78%));
    background: light-dark(hsl(0 0% 100%), hsl(219 29% 18%));
  }
  .graphiql-light #viewer-switch { color-scheme: light; }
  .graphiql-dark #viewer-switch { color-scheme: dark; }
  #viewer-switch select { font: inherit; }
`;

const script = `
  const select = document.querySelector('#viewer-switch select');
  const header = document.querySelector('#viewer-switch code');
  const ask = window.fetch;
  window.fetch = (address, options) => {
    const headers = new Headers(options?.headers);
    if (!headers.has('authorization')) headers.set('authorization', select.value);
    return ask(address, { ...options, headers });
  };
  const show = () => (header.textContent = 'Authorization: ' + select.value);
  select.addEventListener('change', () => {
    show();
    localStorage.setItem('viewer', select.value);
  });
  select.value = localStorage.getItem('viewer');
  // Nobody was chosen, or somebody whom there is no more.
  if (select.selectedIndex < 0) select.selectedIndex = 0;
  show();
`;

function escapeHtml(text: string): string {
  return text.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
