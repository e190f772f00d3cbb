"""Many at once: whoever writes takes turns, and nothing of anybody's work is lost."""

import json
import subprocess
import sys
from pathlib import Path

from world import WORLD, environment, mbl, write_backlog

TESTS = Path(__file__).parent
SEVERAL = (
    "import json, sys\n"
    "sys.path.insert(0, sys.argv[1])\n"
    "from world import mbl\n"
    "for arguments in json.loads(sys.argv[2]):\n"
    "    said = mbl(*arguments)\n"
    "    assert said.code == 0, said.err\n"
)


def at_once(root, tasks):
    """A real process for each task, a list of command lines; all of them begin together."""
    children = [
        subprocess.Popen(
            [sys.executable, "-c", SEVERAL, str(TESTS), json.dumps(task)], cwd=root, env=environment(WORLD),
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )
        for task in tasks
    ]  # fmt: skip
    for child in children:
        _, errors = child.communicate(timeout=300)
        assert child.returncode == 0, errors


def test_twenty_writers_adding_ten_requests_each_make_two_hundred_items(here):
    """All of them draw their ids from the same seed, so each draw collides with what the others drew."""
    write_backlog(here, [])
    at_once(
        here,
        [
            [("add", f"Request {writer}-{number}", "--type=email") for number in range(10)]
            for writer in range(20)
        ],
    )
    listed = mbl("list", "-f", "json")
    assert listed.code == 0, listed.err
    items = listed.json["items"]
    assert {item["title"] for item in items} == {
        f"Request {writer}-{number}" for writer in range(20) for number in range(10)
    }
    assert (
        len({item["id"] for item in items})
        == len({item["rank"] for item in items})
        == len(list((here / "items").iterdir()))
        == 200
    )
    for writer in range(20):
        own = [item["title"] for item in items if item["title"].startswith(f"Request {writer}-")]
        assert own == [f"Request {writer}-{number}" for number in range(10)], (
            "each writer's requests stay in their order"
        )
    checked = mbl("check")
    assert checked.code == 0, checked.out


def test_ten_writers_ranking_leave_one_list_in_which_everything_has_its_place(here):
    letters = "bcdfghjkmnpq"
    items = [
        {"id": f"bbbb{letter}", "rank": f"a{number}", "title": f"Item {letter}"}
        for number, letter in enumerate(letters)
    ]
    write_backlog(
        here,
        [*items[:10], *({**item, "rank": f"b0{number}"} for number, item in enumerate(items[10:], start=1))],
    )
    places = ("--top", "--bottom", "--to=3", "--above=bbbbb", "--below=bbbbc")
    tasks = [
        [("rank", f"bbbb{letters[2 + writer]}", place) for place in places]
        + [("rank", "--rebalance")] * (writer % 3 == 0)
        for writer in range(10)
    ]
    at_once(here, tasks)
    listed = mbl("list", "-f", "json")
    assert listed.code == 0, listed.err
    assert sorted(item["id"] for item in listed.json["items"]) == sorted(item["id"] for item in items)
    assert len({item["rank"] for item in listed.json["items"]}) == len(items)
    checked = mbl("check")
    assert checked.code == 0, checked.out
    assert sorted(path.name for path in (here / "items").iterdir()) == sorted(
        f"{item['id']}.yaml" for item in items
    )


def test_readers_beside_a_writer_always_see_a_whole_backlog(here):
    """A reader never finds half a file, and no reader disturbs the writer or another reader's cache."""
    write_backlog(
        here,
        [
            {"id": f"bbb{a}{b}", "rank": f"a{n:02}", "title": f"Item {n}"}
            for n, (a, b) in enumerate(pairs(40))
        ],
    )
    writer = [
        ("rank", "--rebalance"),
        ("rank", "5", "--top"),
        ("accept", "1", "2", "3"),
        ("rank", "--rebalance"),
    ] * 2
    reader = [("list",), ("capacity",), ("list", "-f", "json")] * 4
    at_once(here, [writer, reader, reader, reader])
    assert len(mbl("list", "-f", "json").json["items"]) == 40
    assert not list(here.rglob(".mbl-*"))


def pairs(count):
    letters = "bcdfghjk"
    return [(a, b) for a in letters for b in letters][:count]
