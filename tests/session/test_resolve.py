"""Merges with real git: every pair of commands on two branches, and what is left for `mbl resolve`."""

import subprocess
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import pytest

from gitworld import git, pin, state, versioned
from mbl.core.changes.merge import Disagreement, Side
from mbl.core.edit import accepted, added, declined, edited, finished, started
from mbl.core.ranking import moved
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item, Reviewed
from mbl.session.change import changed
from mbl.session.place import opened, place
from mbl.session.resolve import resolved
from world import mbl

DAY = date(2026, 11, 22)
Verb = Callable[[Backlog], Backlog]


def _ended(reason: str) -> Ended:
    return Ended(date=DAY, by="ana", reason=reason)


def _add(id_: str) -> Verb:
    return lambda backlog: added(backlog, [Item(id=id_, title=f"New {id_}", requested=DAY)])


VERBS: dict[str, tuple[Verb, Verb]] = {
    # What ours does, and what theirs does: the same command on the same request, with other values where it has any.
    "add": (_add("nnn22"), _add("nnn33")),
    "move up": (lambda b: moved(b, ["fgh44"], to=1), lambda b: moved(b, ["fgh44"], to=1)),
    "move elsewhere": (lambda b: moved(b, ["pqr66"], to=2), lambda b: moved(b, ["xzc55"], to=1)),
    "accept": (
        lambda b: accepted(b, ["fgh44"], on=DAY, today=DAY),
        lambda b: accepted(b, ["fgh44"], on=DAY, today=DAY),
    ),
    "start": (
        lambda b: started(b, ["fgh44"], on=DAY, today=DAY),
        lambda b: started(b, ["fgh44"], on=DAY, today=DAY),
    ),
    "done": (
        lambda b: finished(b, ["fgh44"], on=DAY, today=DAY),
        lambda b: finished(b, ["fgh44"], on=DAY, today=DAY),
    ),
    "decline": (
        lambda b: declined(b, ["fgh44"], today=DAY, ended=_ended("No room")),
        lambda b: declined(b, ["fgh44"], today=DAY, ended=_ended("No room")),
    ),
    "moscow": (
        lambda b: edited(b, ["fgh44"], {"moscow": "must"}),
        lambda b: edited(b, ["fgh44"], {"moscow": "must"}),
    ),
    "estimate": (
        lambda b: edited(b, ["fgh44"], {"estimate": "5d"}),
        lambda b: edited(b, ["fgh44"], {"estimate": "5d"}),
    ),
    "outcomes": (
        lambda b: edited(b, ["fgh44"], {"outcomes": ("pipeline",)}),
        lambda b: edited(b, ["fgh44"], {"outcomes": ("brand",)}),
    ),
    "review": (
        lambda b: edited(b, ["fgh44"], {"reviewed": Reviewed(date=DAY, decision="keep")}),
        lambda b: edited(b, ["fgh44"], {"reviewed": Reviewed(date=date(2026, 11, 20), decision="later")}),
    ),
    "labels": (
        lambda b: edited(b, ["fgh44"], {"labels": ("a",)}),
        lambda b: edited(b, ["fgh44"], {"labels": ("b",)}),
    ),
    "title": (
        lambda b: edited(b, ["fgh44"], {"title": "Mail"}),
        lambda b: edited(b, ["fgh44"], {"title": "Mail"}),
    ),
    "owner": (
        lambda b: edited(b, ["fgh44"], {"owner": "ana"}),
        lambda b: edited(b, ["fgh44"], {"owner": "ana"}),
    ),
    "type": (
        lambda b: edited(b, ["fgh44"], {"type": "event"}),
        lambda b: edited(b, ["fgh44"], {"type": "event"}),
    ),
}
STEPS = frozenset({"accept", "start", "done", "decline"})
CLEAN_FIELDS = {
    "move up": "rank", "move elsewhere": "rank", "accept": "status", "start": "status", "done": "status",
    "decline": "status", "moscow": "moscow", "estimate": "estimate",
}  # fmt: skip
"""Of these four places, changes to different ones merge without a conflict."""


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, str], str]]:
    """A repository with one branch for each verb of either side, all from the same commit."""
    with pytest.MonkeyPatch.context() as patch:
        pin(patch)
        root = versioned(tmp_path_factory.mktemp("matrix") / "backlog")
        base = git(root, "rev-parse", "HEAD").strip()
        made: dict[tuple[str, str], str] = {}
        for name, verbs in VERBS.items():
            for side, verb in zip(("ours", "theirs"), verbs, strict=True):
                git(root, "switch", "--quiet", "--detach", base)
                changed(place(str(root)), verb)
                git(root, "add", "--all")
                git(root, "commit", "--quiet", "-m", f"{name}, {side}")
                made[name, side] = git(root, "rev-parse", "HEAD").strip()
        return root, made


@pytest.mark.parametrize("ours", VERBS)
def test_every_pair_of_commands_merges_or_is_resolved(
    versions: tuple[Path, dict[tuple[str, str], str]], ours: str
) -> None:
    root, made = versions
    for theirs in VERBS:
        git(root, "switch", "--quiet", "--detach", "--force", made[ours, "ours"])
        clean = _merges(root, made[theirs, "theirs"])
        if {ours, theirs} <= CLEAN_FIELDS.keys() and CLEAN_FIELDS[ours] != CLEAN_FIELDS[theirs]:
            assert clean, (ours, theirs)
        if not clean:
            found = resolved(place(str(root)), lambda title, found: None)
            real = {ours, theirs} <= STEPS and ours != theirs
            assert [bool(each.open) for each in found] == [real], (ours, theirs, found)
            if real:
                resolved(place(str(root)), lambda title, found: "ours")
            assert git(root, "ls-files", "--unmerged") == ""
            git(root, "commit", "--quiet", "--no-edit")
        errors = [problem for problem in _problems(root) if problem["level"] == "error"]
        assert not errors, (ours, theirs, errors)
        _holds(root, ours, theirs)


def _merges(root: Path, commit: str) -> bool:
    ran = subprocess.run(
        ["git", "-C", str(root), "merge", "--quiet", "--no-edit", commit], capture_output=True, check=False
    )
    return ran.returncode == 0


def _problems(root: Path) -> list[dict[str, str]]:
    problems: list[dict[str, str]] = mbl("--root", str(root), "check", "-f", "json").json["problems"]
    return problems


def _holds(root: Path, ours: str, theirs: str) -> None:
    """What both sides did is there."""
    after = opened(place(str(root))).backlog
    item = after.item("fgh44")
    wanted = {"moscow": "must", "estimate": "5d", "title": "Mail", "owner": "ana", "type": "event"}
    for name in {ours, theirs} & wanted.keys():
        assert getattr(item, name) == wanted[name], (ours, theirs)
    if {ours, theirs} == {"labels"}:
        assert set(item.labels) == {"a", "b"}
    if {ours, theirs} == {"outcomes"}:
        assert set(item.outcomes) == {"pipeline", "brand"}
    if {ours, theirs} == {"add"}:
        assert {"nnn22", "nnn33"} <= after.path_of.keys()
    if {ours, theirs} == {"review"}:
        assert item.reviewed is not None
        assert item.reviewed.decision == "keep"  # the later one
    if "done" in (ours, theirs) and not {ours, theirs} & (STEPS - {"done"}):
        assert item.status == "done"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return versioned(tmp_path / "backlog")


def _branches(root: Path, ours: Verb, theirs: Verb) -> None:
    """The branch we are on did `ours`, the branch idea did `theirs`; the merge stopped."""
    git(root, "switch", "--quiet", "-c", "idea")
    changed(place(str(root)), theirs)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Idea")
    git(root, "switch", "--quiet", "main")
    changed(place(str(root)), ours)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Ours")
    assert not _merges(root, "idea")


DISAGREE: tuple[Verb, Verb] = (
    lambda b: edited(b, ["kdw22"], {"estimate": "8d", "labels": ("q4", "ours")}),
    lambda b: edited(b, ["kdw22"], {"estimate": "13d", "labels": ("q4", "theirs"), "owner": "ben"}),
)


@pytest.mark.parametrize(("option", "estimate"), [("--ours", "8d"), ("--theirs", "13d")])
def test_a_side_decides_only_what_is_a_real_disagreement(
    root: Path, monkeypatch: pytest.MonkeyPatch, option: str, estimate: str
) -> None:
    _branches(root, *DISAGREE)
    monkeypatch.chdir(root)
    (root / "notes.txt").write_text("mine\n")
    assert mbl("resolve", option).code == 0
    item = opened(place(str(root))).backlog.item("kdw22")
    assert (item.estimate, set(item.labels), item.owner) == (estimate, {"q4", "ours", "theirs"}, "ben")
    assert git(root, "status", "--porcelain") == "M  items/kdw22.yaml\n M notes.txt\n"


def test_without_a_side_scripts_hear_the_question_and_nothing_is_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _branches(root, *DISAGREE)
    monkeypatch.chdir(root)
    before, text = state(root), (root / "items" / "kdw22.yaml").read_bytes()
    said = mbl("resolve")
    assert said.code == 1
    for word in ("Webinar for CTOs", "estimate", "main: 8d", "idea: 13d", "it was 5d", "--ours"):
        assert word in said.out
    assert (state(root), (root / "items" / "kdw22.yaml").read_bytes()) == (before, text)
    assert mbl("resolve", "-f", "json").json["files"][0]["open"] == [
        {"field": "estimate", "base": "5d", "ours": "8d", "theirs": "13d"}
    ]


def test_a_dry_run_tells_and_touches_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _branches(root, *DISAGREE)
    monkeypatch.chdir(root)
    before = state(root)
    said = mbl("resolve", "--ours", "--dry-run").out
    assert "Would be put together" in said
    assert "Next:" not in said
    assert state(root) == before


def test_both_readings_of_a_campaign_are_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "campaigns" / "bcd23.yaml"
    path.parent.mkdir()
    head = (
        "id: bcd23\ntitle: Outreach\nhypothesis: It works\nstart: 2026-11-02\ndeadline: 2026-12-11\n"
        "success_criteria: [{id: acceptance, kind: rate, is: accepted, of: invites, at_least: 10%, planned: 120}]\n"
    )
    first = "readings:\n  - {date: 2026-11-06, invites: 24, accepted: 2}\n"
    path.write_text(head + first)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Campaign")
    git(root, "switch", "--quiet", "-c", "idea")
    path.write_text(head + first + "  - {date: 2026-11-13, invites: 60, accepted: 6}   # by Ben\n")
    git(root, "commit", "--quiet", "--all", "-m", "Idea")
    git(root, "switch", "--quiet", "main")
    path.write_text(head + first + "  - {date: 2026-11-10, invites: 45, accepted: 5}   # by Ana\n")
    git(root, "commit", "--quiet", "--all", "-m", "Ours")
    assert not _merges(root, "idea")
    monkeypatch.chdir(root)
    assert mbl("resolve").code == 0
    [campaign] = opened(place(str(root))).backlog.campaigns.values()
    assert [reading["accepted"] for reading in campaign.readings] == [2, 5, 6]


def test_deleted_here_and_changed_there_is_a_question(root: Path) -> None:
    git(root, "switch", "--quiet", "-c", "idea")
    changed(place(str(root)), DISAGREE[1])
    git(root, "commit", "--quiet", "--all", "-m", "Idea")
    git(root, "switch", "--quiet", "main")
    git(root, "rm", "--quiet", "items/kdw22.yaml")
    git(root, "commit", "--quiet", "-m", "Gone")
    assert not _merges(root, "idea")
    at = place(str(root))
    asked: list[Disagreement] = []

    def ask(title: str, found: Disagreement) -> Side | None:
        asked.append(found)
        return "theirs"

    assert resolved(at, ask)[0].is_settled
    assert [(found.ours, found.theirs) for found in asked] == [("deleted", "changed")]
    assert opened(at).backlog.item("kdw22").estimate == "13d"
    assert git(root, "ls-files", "--unmerged") == ""


def test_what_somebody_put_together_by_hand_is_left_alone(root: Path) -> None:
    _branches(root, *DISAGREE)
    path = root / "items" / "kdw22.yaml"
    path.write_text("id: kdw22\ntitle: By hand\n")
    [found] = resolved(place(str(root)), lambda title, found: "ours")
    assert "by hand" in found.why
    assert path.read_text() == "id: kdw22\ntitle: By hand\n"
    assert git(root, "ls-files", "--unmerged") != ""


def test_comments_and_order_of_our_side_stay(root: Path) -> None:
    path = root / "items" / "kdw22.yaml"
    path.write_text(
        "# ours to keep\nid: kdw22\ntitle: Webinar   # of May\nestimate: 5d\ntype: webinar\nx-note: 'me'\n"
    )
    git(root, "commit", "--quiet", "--all", "-m", "Comments")
    _branches(root, *DISAGREE)
    resolved(place(str(root)), lambda title, found: "theirs")
    text = path.read_text()
    assert text.startswith(
        "# ours to keep\nid: kdw22\ntitle: Webinar   # of May\nestimate: 13d\ntype: webinar\n"
    )
    assert "x-note: 'me'\n" in text


def test_a_rebase_is_resolved_like_a_merge(root: Path) -> None:
    _branches(root, *DISAGREE)
    git(root, "merge", "--abort")
    git(root, "rebase", "idea", fails=True)
    at = place(str(root))
    assert all(each.is_settled for each in resolved(at, lambda title, found: "theirs"))
    git(root, "-c", "core.editor=true", "rebase", "--continue")
    assert (
        opened(at).backlog.item("kdw22").estimate == "8d"
    )  # in a rebase "theirs" is the commit that is replayed


def test_nothing_to_resolve_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    said = mbl("resolve")
    assert (said.code, "Nothing to resolve" in said.out) == (0, True)
    assert mbl("resolve", "--ours", "--theirs").code == 2


def test_random_edits_of_two_branches_lose_and_double_nothing(tmp_path: Path) -> None:
    random = Random(11)
    items = [
        {
            "id": f"bcd{a}{b}",
            "rank": f"a{a}{b}",
            "title": f"Request {a}{b}",
            "requested": "2026-10-01",
            "type": "email",
        }
        for a, b in product("23456", "234567")
    ]
    root = versioned(tmp_path / "backlog", items=items)
    base = git(root, "rev-parse", "HEAD").strip()
    for run_ in range(12):
        made = []
        for side in ("ours", "theirs"):
            git(root, "switch", "--quiet", "--detach", "--force", base)
            for number in range(3):
                changed(
                    place(str(root)),
                    _any_edit(
                        random, f"{'fg'[side == 'ours']}{'bcdfghjkmnpq'[run_]}h{number + 2}{number + 2}"
                    ),
                )
            git(root, "add", "--all")
            git(root, "commit", "--quiet", "-m", side)
            made.append(
                (git(root, "rev-parse", "HEAD").strip(), set(opened(place(str(root))).backlog.path_of))
            )
        git(root, "switch", "--quiet", "--detach", "--force", made[0][0])
        if not _merges(root, made[1][0]):
            resolved(place(str(root)), lambda title, found: "ours")
            assert git(root, "ls-files", "--unmerged") == ""
            git(root, "commit", "--quiet", "--no-edit")
        after = opened(place(str(root))).backlog
        assert set(after.path_of) == made[0][1] | made[1][1]
        assert not after.broken
        ranks = [item.rank for item in after.items.values()]
        assert len(set(ranks)) == len(ranks)


def _any_edit(random: Random, id_: str) -> Verb:
    """Half of them moves, most of these to the top; three in ten are new, two in ten end."""
    what = random.random()

    def verb(backlog: Backlog) -> Backlog:
        open_ = sorted(item.id for item in backlog.items.values() if item.is_open)
        one = random.choice(open_)
        if what < 0.5:
            return moved(backlog, [one], to=1 + int(random.random() ** 3 * len(open_)))
        if what < 0.8:
            return added(backlog, [Item(id=id_, title=f"New {id_}", requested=DAY)])
        return declined(backlog, [one], today=DAY, ended=_ended("No room"))

    return verb


@pytest.mark.parametrize(("stage", "whose"), [(1, "the former"), (2, "this side's"), (3, "the other side's")])
def test_a_version_that_cannot_be_read_is_named_and_left_alone(root: Path, stage: int, whose: str) -> None:
    _branches(root, *DISAGREE)
    (root / "broken").write_text("title: [\n")
    broken = git(root, "hash-object", "-w", "broken").strip()
    rows = git(root, "ls-files", "--stage", "items/kdw22.yaml").splitlines()
    git(root, "rm", "--quiet", "--cached", "items/kdw22.yaml")
    for row in rows:
        mode, name, at = row.partition("\t")[0].split()
        info = f"{mode} {broken if int(at) == stage else name} {at}\titems/kdw22.yaml\n"
        subprocess.run(
            ["git", "-C", str(root), "update-index", "--index-info"], input=info, text=True, check=True
        )
    before = state(root)
    [conflict] = resolved(place(str(root)), lambda title, found: "ours")
    assert conflict.why.startswith(f"{whose} version cannot be read")
    assert "by hand" in conflict.why
    assert state(root) == before
