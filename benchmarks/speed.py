"""How fast mbl is, as whole processes, beside the least that a program of this kind can cost.

    python benchmarks/speed.py [--items 100 1000 10000] [--runs 9]

All commands of one size run in turn (A B C A B C …), so that a drift of the machine's speed hits all alike.
Medians, ratios to the floor, and the largest memory are printed.
"""

import argparse
import os
import pty
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

WORDS = [
    "webinar",
    "landing",
    "page",
    "email",
    "newsletter",
    "case",
    "study",
    "social",
    "post",
    "audit",
    "press",
    "release",
    "video",
    "brochure",
    "booth",
    "event",
    "survey",
    "persona",
    "journey",
    "retention",
    "onboarding",
    "pricing",
    "launch",
    "partner",
    "referral",
    "podcast",
    "blog",
    "series",
]
FLOOR = """
import os, sys, typer
app = typer.Typer()
@app.callback(invoke_without_command=True)
def main(folder: str):
    from rich.console import Console
    from rich.table import Table
    [(e.name, e.stat().st_mtime_ns) for e in os.scandir(folder)]
    table = Table(*"abcdef")
    for i in range(40):
        table.add_row(*[f"cell {i}"] * 6)
    Console().print(table)
app()
"""
MBL = [sys.executable, "-m", "mbl"]


@dataclass(slots=True)
class Timed:
    """One command, run again and again. `before` prepares each run and is not timed."""

    name: str
    argv: Callable[[int], Sequence[str]]
    before: Callable[[int], None] = lambda run: None
    terminal: bool = False
    seconds: list[float] = field(default_factory=list)
    memory: int = 0


def main() -> None:
    """Print the table for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--runs", type=int, default=9)
    wanted = parser.parse_args()
    for size in wanted.items:
        with tempfile.TemporaryDirectory(prefix="mbl-bench-") as folder:
            measure(Path(folder), size, wanted.runs)


def measure(folder: Path, size: int, runs: int) -> None:
    """Make a backlog of this size, time every command on it, then campaigns."""
    backlog = folder / "backlog"
    seconds = seeded(folder, backlog, size)
    print(f"\n{size:,} items: imported in {seconds:.2f} s")
    ran(timed(folder, backlog, size), backlog, runs)
    from campaigns import compared  # it imports this file

    compared(backlog, runs=runs)


def ran(commands: Sequence[Timed], backlog: Path, runs: int) -> None:
    """Run every command `runs` times, print the figures."""
    for run in range(runs + 1):
        for command in commands:
            once(command, run, backlog, count=run > 0)
    floors = {
        command.terminal: statistics.median(command.seconds)
        for command in commands
        if command.name.startswith("floor")
    }
    listing = next(statistics.median(command.seconds) for command in commands if command.name == "list")
    for command in commands:
        middle = statistics.median(command.seconds)
        spread = f"{min(command.seconds) * 1000:.0f}-{max(command.seconds) * 1000:.0f}"
        print(
            f"{command.name:34} {middle * 1000:8.0f} ms ({spread} ms)  {middle / floors[command.terminal]:5.2f} x floor"
            f"  {middle / listing:5.2f} x list  {command.memory / 1024:5.0f} MB"
        )


def seeded(folder: Path, backlog: Path, size: int) -> float:
    """A backlog in a git repository, filled through the importer; how long the import took."""
    pick = random.Random(7)
    rows = (
        f"{pick.choice(WORDS)} {pick.choice(WORDS)} {pick.choice(WORDS)} {number},"
        f"{pick.choice(['sales', 'product', 'ceo', 'support'])},{pick.choice(['1d', '2d', '5d', '2d-8d', ''])},"
        f"{pick.choice(['email', 'video', 'event'])}\n"
        for number in range(1, size + 1)
    )
    csv = folder / "requests.csv"
    csv.write_text("title,requester,estimate,type\n" + "".join(rows))
    backlog.mkdir()
    quietly([*MBL, "init", "--capacity", "40"], backlog)
    start = time.perf_counter()
    quietly([*MBL, "import", "csv", str(csv)], backlog)
    return time.perf_counter() - start


def finished(folder: Path, size: int) -> Path:
    """A backlog of its own: so many promised items, and twice as many finished in the last half-year."""
    past, csv, today = folder / "past", folder / "past.csv", datetime.now(tz=UTC).date()
    days = [today - timedelta(days=number % 180 + 1) for number in range(2 * size)]
    done = (f"Done {number},done,{today - timedelta(days=190)},{day}" for number, day in enumerate(days))
    waiting = (
        f"Promised {number},committed,{today - timedelta(days=number % 170)}," for number in range(size)
    )
    rows = [
        f"{row},{number % 9 + 1}d" if number % 5 else f"{row},"
        for number, row in enumerate((*done, *waiting))
    ]
    csv.write_text("\n".join(("title,status,accepted,ended,estimate", *rows)))
    quietly([*MBL, "init", str(past), "--capacity", str(size / 5), "--no-git"], folder)
    quietly([*MBL, "--root", str(past), "import", "csv", str(csv)], folder)
    return past


def timed(folder: Path, backlog: Path, size: int) -> list[Timed]:
    """The commands to run in turn."""
    script = folder / "floor.py"
    script.write_text(FLOOR)
    floor = [sys.executable, str(script), str(backlog / "items")]
    files = sorted((backlog / "items").iterdir())
    past = finished(folder, min(size, 1_000))

    def touch(run: int) -> None:
        path = files[run % len(files)]
        path.write_text(path.read_text().replace("requester: ", "requester: x"))

    return [
        Timed("floor", lambda run: floor),
        Timed("list --limit 40", lambda run: [*MBL, "list", "--limit", "40"]),
        Timed("list", lambda run: [*MBL, "list"]),
        Timed("floor in a terminal", lambda run: floor, terminal=True),
        Timed("list in a terminal", lambda run: [*MBL, "list"], terminal=True),
        Timed("list, one file changed", lambda run: [*MBL, "list", "--limit", "40"], before=touch),
        Timed("add", lambda run: [*MBL, "add", f"A new request {run}", "--requester", "sales"]),
        Timed("rank", lambda run: [*MBL, "rank", str(size // 2 + run), "--top"]),
        Timed("list -f json", lambda run: [*MBL, "list", "-f", "json"]),
        Timed("capacity", lambda run: [*MBL, "capacity"]),
        Timed("capacity --capacity 60", lambda run: [*MBL, "capacity", "--capacity", "60"]),
        Timed("capacity, 2 finished for 1 promised", lambda run: [*MBL, "--root", str(past), "capacity"]),
        Timed("its list --limit 40", lambda run: [*MBL, "--root", str(past), "list", "--limit", "40"]),
        Timed("check", lambda run: [*MBL, "check"]),
        Timed("first list, without an index", lambda run: [*MBL, "list"], before=lambda run: forget(backlog)),
    ]


def forget(backlog: Path) -> None:
    """Delete what mbl keeps for itself."""
    shutil.rmtree(backlog / ".git" / "mbl", ignore_errors=True)


def once(command: Timed, run: int, backlog: Path, *, count: bool) -> None:
    """Run it once, as a process of its own."""
    command.before(run)
    start = time.perf_counter()
    usage = (
        in_terminal(command.argv(run), backlog) if command.terminal else in_pipe(command.argv(run), backlog)
    )
    if count:
        command.seconds.append(time.perf_counter() - start)
        command.memory = max(command.memory, usage)


def in_pipe(argv: Sequence[str], folder: Path) -> int:
    """Run with its output thrown away; returns the peak memory in KiB."""
    process = subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return waited(process, argv)


def in_terminal(argv: Sequence[str], folder: Path) -> int:
    """Run in a terminal of 80 by 45 whose output is read and thrown away."""
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=drain, args=(ours,))
    process = subprocess.Popen(
        argv,
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "80", "LINES": "45", "TERM": "xterm-256color"},
    )
    os.close(theirs)
    reader.start()
    usage = waited(process, argv)
    reader.join()
    os.close(ours)
    return usage


def drain(descriptor: int) -> None:
    """Read until the other side is closed."""
    try:
        while os.read(descriptor, 65536):
            pass
    except OSError:
        return


def waited(process: subprocess.Popen[bytes], argv: Sequence[str]) -> int:
    """Wait for the process; SystemExit if it failed."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(argv)} failed with {process.returncode}")
    return usage.ru_maxrss


def quietly(argv: Sequence[str], folder: Path) -> None:
    """Run it once; stop if it fails."""
    subprocess.run(argv, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
