import type { GraphiQLOptions } from 'graphql-yoga';
import { type ReadyViewer, viewerSwitch } from './viewer-switch.ts';

const additions = `
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  /* On its first press a tab jumps to where it once was, and the click misses it. */
  .graphiql-tab { transform: none !important; }
  /* A telephone has no room for the answer beside the operation. */
  @media (max-width: 700px) {
    #graphiql-session { flex-direction: column; }
    .graphiql-container .graphiql-logo { display: none; }
  }
</style>
<script>{
  // GraphiQL knows the tab that was open by what was typed last, and where nothing was it would add an empty one.
  const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState')) ?? {};
  const open = tabs?.[activeTabIndex];
  localStorage.setItem('graphiql:query', open?.query ?? '');
  localStorage.setItem('graphiql:variables', open?.variables ?? '');
}</script>
`;

/** The whole page, with the packaged GraphiQL in it: 9 MB, which are read here. */
export async function renderGraphiqlPage(
  options: GraphiQLOptions,
  readyViewers: readonly ReadyViewer[],
): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  // Before GraphiQL, so that its first question is asked by the viewer who was chosen the last time.
  return renderGraphiQL(options).replace(
    /<body\b[^>]*>/,
    (body) => body + additions + viewerSwitch(readyViewers),
  );
}
