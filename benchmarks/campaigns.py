"""How fast campaigns are shown on a large backlog, beside `mbl list` on the same one.

    python benchmarks/campaigns.py [--items 10000] [--campaigns 500] [--readings 60] [--runs 9]

500 campaigns with 60 readings each take at most 2 x `mbl list`; one campaign in full at most 1.3 x `mbl list` on a
backlog that holds two, also right after a reading was logged; the chance of a chain of 10,000 tries at most 0.2 s.
"""

import argparse
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from speed import MBL, Timed, once, quietly, seeded

from mbl.core.campaigns.chances import chain_chance

START = date(2026, 9, 1)
LETTERS = "bcdfghjkmnpqrstvwxz"


def main() -> None:
    """Print both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--campaigns", type=int, default=500)
    parser.add_argument("--readings", type=int, default=60)
    parser.add_argument("--runs", type=int, default=9)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mbl-bench-") as folder:
        backlog = Path(folder) / "backlog"
        seeded(Path(folder), backlog, wanted.items)
        compared(backlog, campaigns=wanted.campaigns, readings=wanted.readings, runs=wanted.runs)
    chained(wanted.runs)


def compared(backlog: Path, *, campaigns: int = 500, readings: int = 60, runs: int) -> None:
    """A few campaigns on this backlog, then many."""
    for count in (2, campaigns):
        written(backlog, count, readings)
        compare(backlog, f"{count} campaigns", runs)


def chained(runs: int) -> None:
    """The chance of a chain half-way through 10,000 tries."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        chain_chance(500, 5_000, planned=10_000, need=1_000, met=100, lost=200, goal=300)
        seconds.append(time.perf_counter() - start)
    print(f"\na chain of 10,000 tries {statistics.median(seconds) * 1000:6.0f} ms")


def written(backlog: Path, count: int, readings: int) -> None:
    """So many campaigns with so many readings; all of it committed, as it would be."""
    pick = random.Random(7)
    (backlog / "campaigns").mkdir(exist_ok=True)
    for number in range(count):
        id_ = "b" + "".join(LETTERS[number // 19**place % 19] for place in range(4))
        (backlog / "campaigns" / f"test-{id_}.yaml").write_text(campaign(id_, pick, readings))
    quietly(["git", "add", "."], backlog)
    quietly(
        ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "-qm", "Campaigns"],
        backlog,
    )
    quietly([*MBL, "list"], backlog)


def campaign(id_: str, pick: random.Random, readings: int) -> str:
    """A chain that is somewhere on its way."""
    lines, counts = [], [0, 0, 0]
    for day in range(readings):
        counts = [counts[0] + 2, counts[1] + (pick.random() < 0.2), counts[2]]
        counts[2] = min(counts[1], counts[2] + (pick.random() < 0.05))
        invites, accepted, meetings = counts
        lines.append(
            f"  - {{date: {START + timedelta(days=day)}, invites: {invites}, accepted: {accepted}, meetings: {meetings}}}\n"
        )
    return (
        f"id: {id_}\ntitle: Outreach {id_}\nhypothesis: It works\nstart: {START}\n"
        f"deadline: {START + timedelta(days=readings * 2)}\nsuccess_criteria:\n"
        "  - {id: acceptance, kind: rate, is: accepted, of: invites, at_least: 10%, planned: 240, window_days: 7}\n"
        "  - {id: meetings, kind: count, is: meetings, of: accepted, at_least: 5, window_days: 10}\n"
        f"readings:\n{''.join(lines)}"
    )


def compare(backlog: Path, what: str, runs: int) -> None:
    """The commands in turn, and their ratios to `mbl list`."""
    today = str(START + timedelta(days=59))
    mbl = [*MBL, "--today", today]
    commands = [
        Timed("list", lambda run: [*mbl, "list"]),
        Timed("campaign", lambda run: [*mbl, "campaign"]),
        Timed("campaign show", lambda run: [*mbl, "campaign", "show", "bbbbb"]),
        Timed(
            "campaign log",
            lambda run: [*mbl, "campaign", "log", "bbbbb", f"invites={1000 + run}", "--correct"],
        ),
        Timed("show what was just logged", lambda run: [*mbl, "campaign", "show", "bbbbb"]),
    ]
    for run in range(runs + 1):
        for command in commands:
            once(command, run, backlog, count=run > 0)
    floor = statistics.median(commands[0].seconds)
    print(f"\n{what}")
    for command in commands:
        middle = statistics.median(command.seconds)
        print(f"{command.name:26} {middle * 1000:6.0f} ms  {middle / floor:5.2f} x list")


if __name__ == "__main__":
    main()
