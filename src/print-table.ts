/** A table of Markdown, its columns as wide as they have to be. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}

/** The page with what is between `<!-- name -->` and `<!-- /name -->` as it is now. */
export function replaceSection(page: string, name: string, content: string): string {
  const section = new RegExp(`(?<=<!-- ${name} -->\\n\\n)[\\s\\S]*?(?=\\n<!-- /${name} -->)`);
  if (!section.test(page)) throw new Error(`The page has no section ${name}.`);
  return page.replace(section, () => content);
}
