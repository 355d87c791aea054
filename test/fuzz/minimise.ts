import type { Project } from './project.ts';
import { parseTree, printTree, scalar, slotsOf, treesIn } from './tree.ts';

/** Whether a smaller project still shows what was found. */
export type StillFails = (project: Project) => Promise<boolean>;

/** Removes from a project what is not needed to show a fault: files, lines, and parts of JSON. */
export async function minimise(project: Project, stillFails: StillFails): Promise<Project> {
  let least = project;
  for (;;) {
    const before = least;
    for (const name of Object.keys(least.files))
      least = await firstThatFails(least, [withoutFile(least, name)], stillFails);
    for (const name of Object.keys(least.files)) least = await smallerFile(least, name, stillFails);
    if (least === before) return least;
  }
}

async function firstThatFails(project: Project, smaller: Iterable<Project>, stillFails: StillFails): Promise<Project> {
  for (const each of smaller) if (await stillFails(each)) return each;
  return project;
}

function withoutFile(project: Project, name: string): Project {
  return { ...project, files: Object.fromEntries(Object.entries(project.files).filter(([file]) => file !== name)) };
}

async function smallerFile(project: Project, name: string, stillFails: StillFails): Promise<Project> {
  let least = await shorterLists(project, name, stillFails);
  for (let at = 0; ;) {
    const smaller = without(least, name, at);
    if (smaller === undefined) return least;
    // the part that took its place is tried next
    if (smaller !== least && (await stillFails(smaller))) least = smaller;
    else at++;
  }
}

/** A project without one part of a file, the largest parts first; undefined if there is no such part. */
function without(project: Project, name: string, at: number): Project | undefined {
  const content = project.files[name] ?? '';
  const text = Buffer.from(content).toString('utf8');
  const withText = (smaller: string): Project =>
    smaller === text ? project : { ...project, files: { ...project.files, [name]: smaller } };
  const isLines = !name.endsWith('.json');
  if (isLines) {
    const lines = text.split('\n');
    return at < lines.length && text !== '' ? withText(lines.toSpliced(at, 1).join('\n')) : undefined;
  }
  const tree = parseTree(text);
  if (tree === undefined) return undefined;
  const slot = slotsOf(tree, () => {})[at + 1];
  if (slot === undefined) return undefined;
  slot.remove();
  return withText(printTree(tree, 'file'));
}

/** A list with at least this many elements loses half of them at a time. */
const longList = 8;

/** A project whose long lists in one file are as short as halving makes them. */
async function shorterLists(project: Project, name: string, stillFails: StillFails): Promise<Project> {
  const text = Buffer.from(project.files[name] ?? '').toString('utf8');
  const lists = [...treesIn(parseTree(text) ?? scalar(null))].filter((tree) => tree.kind === 'array');
  for (const at of lists.keys()) {
    for (const part of ['first', 'second']) {
      const tree = parseTree(text);
      const list = tree === undefined ? undefined : [...treesIn(tree)].filter((each) => each.kind === 'array')[at];
      if (tree === undefined || list === undefined || list.elements.length < longList) continue;
      const middle = Math.ceil(list.elements.length / 2);
      list.elements = part === 'first' ? list.elements.slice(0, middle) : list.elements.slice(middle);
      const smaller = { ...project, files: { ...project.files, [name]: printTree(tree, 'file') } };
      if (await stillFails(smaller)) return await shorterLists(smaller, name, stillFails);
    }
  }
  return project;
}
