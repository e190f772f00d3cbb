"""How often do two branches of one backlog conflict, and does anything get lost? Random edits, merged by git itself.

    python benchmarks/merges.py [--runs 2000] [--seed 1]

Thirty requests, two branches, one, two or four edits on each: half of them move a request, mostly towards the top, three in
ten add one, two in ten end one. Every pair of branches is merged by `git merge-tree --write-tree`, which is
`git merge` without a folder (git 2.38 or newer). What conflicts goes on to the merge by fields behind `mbl resolve`; what is
left then is for a person. Exit code 1 if anything is doubled or lost, or if conflicts are more than chance explains.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mbl.core.changes.merge import merged
from mbl.core.edit import added, declined, finished
from mbl.core.ranking import moved
from mbl.core.rankkey import n_between
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item
from mbl.storage import codec, yamltext

ITEMS = 30
DAY = date(2026, 11, 22)
REACH = {1: 0.007, 2: 0.03, 4: 0.11}
"""Edits a branch, and the share of merges that may conflict."""
MOVES, ADDS = 0.5, 0.3
"""The rest ends a request."""
TOP = 3
"""How strongly moves are drawn to the top: the place is a random number to this power, of the whole list."""
_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGITS = "23456789"

Tree = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What came of the merges: how many conflicted, were left for a person, had equal ranks, doubled or lost an item."""

    runs: int
    conflicts: int = 0
    asked: int = 0
    ties: int = 0
    doubled: int = 0
    lost: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        names = ("runs", "conflicts", "asked", "ties", "doubled", "lost")
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in names})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=2000, help="merges for each number of edits")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(
        f"{'edits':>5}  {'conflicts':>9}  {'at most':>7}  {'asked':>6}  {'ties':>4}  {'doubled':>7}  {'lost':>4}"
    )
    is_off = False
    for edits, reach in REACH.items():
        found = measured(edits, chosen.runs, seed=chosen.seed)
        share, asked = found.conflicts / found.runs, found.asked / found.runs
        print(
            f"{edits:>5}  {share:>9.2%}  {reach:>7.1%}  {asked:>6.2%}"
            f"  {found.ties:>4}  {found.doubled:>7}  {found.lost:>4}"
        )
        chance = 2 * (reach * (1 - reach) / found.runs) ** 0.5
        is_off |= share > reach + chance or bool(found.doubled + found.lost)
    return int(is_off)


def measured(edits: int, runs: int, *, seed: int) -> Figures:
    """The figures of so many merges with so many edits on each branch."""
    chance = random.Random(f"{seed} {edits}")
    base = backlog()
    tree = written({}, Backlog(), base)
    pairs = [(branch(chance, base, edits), branch(chance, base, edits)) for _ in range(runs)]
    trees = [(tree, written(tree, base, ours), written(tree, base, theirs)) for ours, theirs in pairs]
    with tempfile.TemporaryDirectory() as folder:
        results = zip(pairs, trees, _merges(Path(folder), trees), strict=True)
        return sum((_judged(*result) for result in results), Figures(runs=0))


def backlog() -> Backlog:
    """Thirty requests, every second one promised, as a list of some age has them."""
    ids = [f"{first}{_LETTERS[at % 7]}{second}22" for at, (first, second) in enumerate(_pairs())][:ITEMS]
    keys = n_between(None, None, ITEMS)
    items = {
        f"items/{id_}.yaml": Item(
            id=id_, rank=key, title=f"Request {at}", requester="vp-sales", requested=DAY, type="email",
            status="committed" if at % 2 else "request", accepted=DAY if at % 2 else None,
        )
        for at, (id_, key) in enumerate(zip(ids, keys, strict=True))
    }  # fmt: skip
    return Backlog(items=items)


def branch(chance: random.Random, base: Backlog, edits: int) -> Backlog:
    """The backlog after so many random edits."""
    for _ in range(edits):
        base = _edited(chance, base)
    return base


def written(tree: Tree, before: Backlog, after: Backlog) -> Tree:
    """The files, with what mbl writes when the one backlog becomes the other."""
    writes = codec.plan(before, after, lambda path: tree[path])
    return {**tree, **{path: content for path, content in writes.items() if content is not None}}


def _pairs() -> Iterator[tuple[str, str]]:
    return ((first, second) for first in _LETTERS for second in _LETTERS)


def _edited(chance: random.Random, now: Backlog) -> Backlog:
    what = chance.random()
    one = chance.choice(sorted(item.id for item in now.items.values() if item.is_open))
    if what < MOVES:
        return moved(now, [one], to=1 + int(chance.random() ** TOP * ITEMS))
    if what < MOVES + ADDS:
        id_ = chance.choice(_LETTERS) + "".join(chance.choice(_LETTERS + _DIGITS) for _ in range(4))
        return added(now, [Item(id=id_, title=f"New {id_}", requested=DAY, requester="cmo")])
    if now.item(one).status == "request":
        return declined(now, [one], today=DAY, ended=Ended(date=DAY, reason="No room"))
    return finished(now, [one], on=DAY, today=DAY)


def _merges(root: Path, trees: Sequence[tuple[Tree, Tree, Tree]]) -> Iterator[tuple[Tree, list[str]]]:
    """Each merge as git makes it: the files of the result, and the paths that conflict."""
    _git(root, "init", "--quiet", "--bare")
    _git(root, "fast-import", "--quiet", "--date-format=raw", lines=b"".join(_commits(trees)))
    for number in range(len(trees)):
        said = _git(
            root, "merge-tree", "--write-tree", "--name-only", "-z", "--no-messages",
            f"ours{number}", f"theirs{number}", fails=True,
        ).split(b"\0")  # fmt: skip
        yield _files(root, said[0].decode()), sorted({path.decode() for path in said[1:] if path})


def _commits(trees: Sequence[tuple[Tree, Tree, Tree]]) -> Iterator[bytes]:
    """Every branch as git takes them in one stream; they all begin at one commit."""
    base = trees[0][0]
    yield _commit("base", base, {}, None)
    for number, (_, ours, theirs) in enumerate(trees):
        yield _commit(f"ours{number}", ours, base, "base")
        yield _commit(f"theirs{number}", theirs, base, "base")


def _commit(name: str, tree: Tree, former: Tree, parent: str | None) -> bytes:
    head = f"commit refs/heads/{name}\ncommitter Ana <ana@example.org> 1790000000 +0000\ndata 0\n"
    head += f"from refs/heads/{parent}\n" if parent else ""
    files = (
        f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"
        for path, content in tree.items()
        if former.get(path) != content
    )
    return head.encode() + b"".join(files) + b"\n"


def _files(root: Path, tree: str) -> Tree:
    rows = [row.split(b"\t") for row in _git(root, "ls-tree", "-r", "-z", tree).split(b"\0") if row]
    names = [what.split(b" ")[2] for what, _ in rows]
    said = _git(root, "cat-file", "--batch", lines=b"".join(name + b"\n" for name in names))
    held: list[bytes] = []
    at = 0
    for _ in names:
        end = said.index(b"\n", at)
        size = int(said[at:end].rpartition(b" ")[2])
        held.append(said[end + 1 : end + 1 + size])
        at = end + size + 2
    return {path.decode(): content for (_, path), content in zip(rows, held, strict=True)}


def _git(root: Path, *arguments: str, lines: bytes = b"", fails: bool = False) -> bytes:
    ran = subprocess.run(["git", "-C", str(root), *arguments], input=lines, capture_output=True, check=False)
    if ran.returncode > int(fails):
        raise SystemExit(f"git {arguments[0]}: {ran.stderr.decode()}")
    return ran.stdout


def _judged(
    sides: tuple[Backlog, Backlog], trees: tuple[Tree, Tree, Tree], result: tuple[Tree, list[str]]
) -> Figures:
    """One merge: its conflicts, and whether what came of it holds every item once."""
    whole, conflicts = result
    answers = [_resolved(path, trees) for path in conflicts]
    resolved = dict(zip(conflicts, (content for content, _ in answers), strict=True))
    after = codec.parse_tree({**whole, **resolved})
    ranks = [item.rank for item in after.items.values()]
    ids = [item.id for item in after.items.values()]
    return Figures(
        runs=1,
        conflicts=bool(conflicts),
        asked=any(left for _, left in answers),
        ties=len(ranks) - len(set(ranks)),
        doubled=len(ids) - len(set(ids)),
        lost=len({id_ for side in sides for id_ in side.path_of} - set(ids)),
    )


def _resolved(path: str, trees: tuple[Tree, Tree, Tree]) -> tuple[bytes, bool]:
    """What `mbl resolve --ours` makes of the file, and whether a person would be asked."""
    nouns = [codec.parse(path, tree[path]) if path in tree else None for tree in trees]
    base, ours, theirs = ({} if noun is None else codec.values(noun) for noun in nouns)
    said, left = merged(base, ours, theirs, lambda found: None)
    noun = codec.parse(path, yamltext.dump(said).encode())
    return codec.edited(path, trees[1][path], nouns[1], noun), bool(left)


if __name__ == "__main__":
    sys.exit(main())
