"""The net of phrases, and quick walking through it.

Phrases share nothing when they are woven in, so from one place a word may lead to many nodes. Walking therefore keeps
what it has learnt: a Place is a set of nodes, and where a word leads from it is remembered. What is remembered only
saves time; it never changes what is found, and it is dropped when it grows too large.
"""

ANY_WORD = "_"
REMEMBERED = 300_000
Path = tuple[str, ...]


class Node:
    """One step in the net of phrases: where each word leads, and which concepts are complete here."""

    __slots__ = ("edges", "ends")

    def __init__(self) -> None:
        self.edges: dict[str, list[Node]] = {}
        self.ends: set[str] = set()

    def lead(self, path: Path, to: "Node") -> None:
        """Lead from here to a node along a sequence of words."""
        node = self
        for key in path[:-1]:
            onward = Node()
            node.edges.setdefault(key, []).append(onward)
            node = onward
        node.edges.setdefault(path[-1], []).append(to)


class Place:
    """All nodes reached so far, the concepts complete there, and the places words are known to lead to."""

    __slots__ = ("ends", "nodes", "onward")

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.nodes = nodes
        self.ends = tuple(sorted({name for node in nodes for name in node.ends}))
        self.onward: dict[Path, Place | None] = {}


class Walker:
    """Walks the net from its root, remembering the places found."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._places: dict[frozenset[int], Place] = {}
        self._steps = 0
        self.start = Place((root,))

    def step(self, place: Place, keys: Path) -> Place | None:
        """The place a word leads to, or None when no phrase goes on with it. keys: all the word may stand for."""
        wanted = keys if place is self.start else (*keys, ANY_WORD)
        nodes = {
            id(node): node for source in place.nodes for key in wanted for node in source.edges.get(key, ())
        }
        found = self._places.setdefault(frozenset(nodes), Place(tuple(nodes.values()))) if nodes else None
        place.onward[keys] = found
        self._steps += 1
        if self._steps > REMEMBERED:
            self._forget()
        return found

    def _forget(self) -> None:
        """Start again with nothing remembered."""
        self._steps = 0
        self._places = {}
        self.start = Place((self._root,))


def vocabulary(root: Node) -> set[str]:
    """Every key on any path of the net."""
    nodes, seen, keys = [root], {id(root)}, set()
    while nodes:
        for key, onward in nodes.pop().edges.items():
            keys.add(key)
            nodes += [node for node in onward if id(node) not in seen]
            seen.update(id(node) for node in onward)
    return keys
