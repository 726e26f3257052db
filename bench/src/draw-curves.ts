export interface Panel {
  readonly title: string;
  /** A few, each some times the one before, drawn at equal distances. */
  readonly xs: readonly number[];
  /** From 0 on. */
  readonly ys: readonly number[];
}

const width = 380;
const height = 220;
const margin = { top: 44, right: 24, bottom: 34, left: 24 };

/** A picture of panels, two a row, which reads on light ground and on dark. */
export function drawCurves(panels: readonly Panel[]): string {
  const rows = Math.ceil(panels.length / 2);
  const [wide, high] = [width * 2, height * rows];
  const drawn = panels.map(
    (panel, index) =>
      `<g transform="translate(${(index % 2) * width} ${Math.floor(index / 2) * height})">\n${drawPanel(panel)}\n</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img" font-family="system-ui, sans-serif" font-size="12">
<title>${panels.map(({ title }) => title).join('; ')}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, xs, ys }: Panel): string {
  const most = Math.max(...ys) * 1.25;
  const bottom = height - margin.bottom;
  const x = (index: number) =>
    round(
      margin.left + 20 + (index * (width - margin.left - margin.right - 40)) / Math.max(1, xs.length - 1),
    );
  const y = (value: number) => round(bottom - (value / most) * (bottom - margin.top));
  const points = ys.map((value, index) => `${x(index)},${y(value)}`).join(' ');
  const marks = ys.flatMap((value, index) => [
    `<circle cx="${x(index)}" cy="${y(value)}" r="3.5" fill="#2b6cb0"/>`,
    `<text x="${x(index)}" y="${y(value) - 9}" text-anchor="middle" fill="#1a202c">${value.toFixed(value < 100 ? 1 : 0)}</text>`,
    `<text x="${x(index)}" y="${bottom + 18}" text-anchor="middle" fill="#4a5568">${xs[index]}</text>`,
  ]);
  return [
    `<text x="${margin.left}" y="22" font-weight="600" fill="#1a202c">${title}</text>`,
    `<line x1="${margin.left}" y1="${bottom}" x2="${width - margin.right}" y2="${bottom}" stroke="#a0aec0"/>`,
    `<polyline points="${points}" fill="none" stroke="#2b6cb0" stroke-width="2"/>`,
    ...marks,
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
