import type { Range } from "./diagnostic";
import type {
  Argument,
  BoundClause,
  Comment,
  EachDomain,
  Extension,
  FileTree,
  InformationTerm,
  Name,
  Setting,
  SpecTree,
  Statement,
  Target,
  Unread,
  UseStatement,
  Value,
  Variable,
  Want,
  WeightedTerm,
} from "./tree";

/** Anything of the tree that has a place. */
type TreeNode =
  | FileTree
  | UseStatement
  | SpecTree
  | Extension
  | Statement
  | EachDomain
  | WeightedTerm
  | InformationTerm
  | Variable
  | BoundClause
  | Target
  | Want
  | Setting
  | Argument
  | Value
  | Name
  | Unread
  | Comment;

/** The nodes directly inside a node, in the order of the text. */
function childrenOf(node: TreeNode): TreeNode[] {
  return Object.values(node as object)
    .flat()
    .flatMap((child: unknown): TreeNode[] => {
      if (typeof child !== "object" || child === null) return [];
      return isNode(child) ? [child] : childrenOf(child as TreeNode);
    })
    .sort((a, b) => a.range.start - b.range.start);
}

/** Only nodes have a range; a bare range has none, and holds numbers. */
function isNode(value: object): value is TreeNode {
  return "range" in value;
}

/**
 * The nodes at an offset, from the file to the innermost. A node reaches to just behind its last character, so that a
 * cursor behind a name is at that name; of two that touch, the later is taken.
 */
export function nodeAt(tree: FileTree, offset: number): TreeNode[] {
  const path: TreeNode[] = [tree];
  for (;;) {
    const inner = childrenOf(path.at(-1) as TreeNode).findLast(({ range }) => touches(range, offset));
    if (!inner) return path;
    path.push(inner);
  }
}

const touches = ({ start, end }: Range, offset: number): boolean => start <= offset && offset <= end;
