"""`mbl campaign watch` in a real terminal and in a real pipe, while other processes write to the same backlog."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from sitting import CTRL_C
from world import MBL, environment, mbl, process

SECOND = "campaigns/linkedin-outreach-to-ctos-second-try-q8n2k.yaml"
ENTER_SCREEN, LEAVE_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
QUICK = ("--every", "0.2")
_PATIENCE = 60.0


class Watching:
    """A terminal in which `mbl campaign watch` runs."""

    def __init__(self, root: Path, *words: str, width: int = 80, height: int = 45) -> None:
        self.child = pexpect.spawn(
            MBL[0], [*MBL[1:], "campaign", "watch", *words, *QUICK], dimensions=(height, width), encoding="utf-8",
            timeout=60, cwd=root, env=environment({"TERM": "xterm-256color", "NO_COLOR": "1"}),
        )  # fmt: skip
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def is_resized(self, height: int, width: int) -> None:
        """The window has another size; what stood in it is gone."""
        self._screen.resize(height, width)
        self._screen.erase_in_display(2)

    def shows(self, words: str) -> str:
        """The screen as soon as these words stand on it."""
        until = time.monotonic() + _PATIENCE
        while words not in self.text:
            assert time.monotonic() < until, f"never shown: {words}\n{self.text}"
            try:
                self._feed(self.child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
        return self.text

    def writes(self, text: str, *, times: int = 1) -> None:
        """Wait until this was written so many times, visible or not."""
        until = time.monotonic() + _PATIENCE
        while self.raw.count(text) < times:
            assert time.monotonic() < until, f"never written: {text!r}"
            try:
                self._feed(self.child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue

    def leaves(self) -> int:
        """The exit code; `raw` is then all that was written."""
        self.child.expect(pexpect.EOF)
        self._feed(str(self.child.before))
        self.child.close()
        code = self.child.exitstatus
        return code if code is not None else -(self.child.signalstatus or 0)

    def _feed(self, text: str) -> None:
        self.raw += text
        self._stream.feed(text)


@pytest.fixture
def watched(acme: Path) -> Iterator[Watching]:
    """The second outreach in a terminal, drawn once."""
    here = Watching(acme, "q8n2k")
    here.shows("On track: 74.5 %")
    yield here
    here.child.close(force=True)


def test_a_colleague_logs_in_another_process_and_the_screen_follows(acme: Path, watched: Watching) -> None:
    said = process("campaign", "log", "q8n2k", "invites=60", "accepted=9", "meetings=2", cwd=acme)
    assert said.code == 0, said.err
    screen = watched.shows("accepted 8 → 9")
    assert "9/60 accepted" in screen
    assert "acceptance: accepted so far" in screen
    assert screen.count("LinkedIn outreach to CTOs, second try") == 1, "drawn in place, not below"
    watched.child.send(CTRL_C)
    assert watched.leaves() == 0
    assert watched.raw.count(ENTER_SCREEN) == watched.raw.count(LEAVE_SCREEN) == 1
    assert watched.raw.rindex(SHOW) > watched.raw.rindex(HIDE)
    assert "Traceback" not in watched.raw


def test_in_the_middle_of_an_edit_the_last_state_stands_and_the_place_is_named(
    acme: Path, watched: Watching
) -> None:
    text = (acme / SECOND).read_text()
    (acme / SECOND).write_text(text + "  - {date: 2026-11-21, inv")
    screen = watched.shows("Just now something cannot be read")
    assert "On track: 74.5 %" in screen
    assert f"{SECOND}:" in screen.replace("\n", "")
    (acme / SECOND).write_text(text + "  - {date: 2026-11-21, invites: 60, accepted: 10}\n")
    assert "cannot be read" not in watched.shows("accepted 8 → 10")


def test_a_campaign_whose_file_goes_away_stays_on_the_screen(acme: Path, watched: Watching) -> None:
    shutil.move(acme / SECOND, acme.parent / "away")
    assert "On track: 74.5 %" in watched.shows("its file is gone")
    shutil.move(acme.parent / "away", acme / SECOND)
    watched.shows("new")


def test_q_ends_it_as_well(watched: Watching) -> None:
    watched.child.send("xq")
    assert watched.leaves() == 0
    assert LEAVE_SCREEN in watched.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_gets_the_terminal_back(watched: Watching, number: signal.Signals) -> None:
    os.kill(watched.child.pid, number)
    assert watched.leaves() == 128 + number
    assert watched.raw.endswith((LEAVE_SCREEN, f"{LEAVE_SCREEN}\r\n"))
    assert watched.raw.rindex(SHOW) > watched.raw.rindex(HIDE)


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="no Ctrl-Z here")
def test_ctrl_z_gives_the_terminal_back_and_fg_draws_it_anew(watched: Watching) -> None:
    os.kill(watched.child.pid, signal.SIGTSTP)
    watched.writes(LEAVE_SCREEN)
    assert os.WIFSTOPPED(os.waitpid(watched.child.pid, os.WUNTRACED)[1]), "SIGCONT must not come first"
    drawn_before = watched.raw.count("On track: 74.5 %")
    os.kill(watched.child.pid, signal.SIGCONT)
    watched.writes("On track: 74.5 %", times=drawn_before + 1)
    assert watched.raw.count(ENTER_SCREEN) == 2
    watched.child.send("q")
    assert watched.leaves() == 0


def test_a_window_that_changes_its_size_is_drawn_anew_and_never_wraps(acme: Path, watched: Watching) -> None:
    watched.child.setwinsize(20, 50)
    watched.is_resized(20, 50)
    screen = watched.shows("Looking every 0.2 s").splitlines()
    assert screen[0].startswith("Looking every 0.2 s"), "the first line still stands on top"
    assert "On track: 74.5 %" in "\n".join(screen)


def test_all_of_them_at_once(acme: Path) -> None:
    here = Watching(acme)
    here.shows("A decision is due")
    said = process("campaign", "log", "w7dpk", "sent=15", "routes=4", "unsubscribed=0", cwd=acme)
    assert said.code == 0, said.err
    assert "Checklist for the first route, by email: sent 9 → 15, routes 1 → 4" in " ".join(
        here.shows("routes 1 → 4").split()
    )
    here.child.send(CTRL_C)
    assert here.leaves() == 0


@pytest.fixture
def piped(acme: Path) -> Iterator[subprocess.Popen[str]]:
    """The same in a pipe."""
    running = subprocess.Popen(
        [*MBL, "campaign", "watch", "q8n2k", *QUICK], cwd=acme, env=environment(), text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    yield running
    running.kill()
    running.communicate()


def lines_until(running: subprocess.Popen[str], words: str) -> str:
    assert running.stdout is not None
    read = ""
    for line in running.stdout:
        read += line
        if words in line:
            return read
    raise AssertionError(read)


def test_a_pipe_gets_a_report_for_each_change_and_no_screen(acme: Path, piped: subprocess.Popen[str]) -> None:
    first = lines_until(piped, "straight line to 5 by")
    assert first.startswith("LinkedIn outreach to CTOs, second try (q8n2k)\nOn track: 74.5 %")
    with (acme / SECOND).open("a") as file:
        file.write("  - {date: 2026-11-21, invites: 60, accepted: 9, meetings: 2}\n")
    then = lines_until(piped, "straight line to 5 by")
    assert "accepted 8 → 9\n" in then
    assert "with 9/60 accepted" in then
    assert "\x1b" not in first + then
    piped.send_signal(signal.SIGINT)
    assert piped.wait(60) == 0


def test_the_trouble_of_a_pipe_goes_to_standard_error(acme: Path, piped: subprocess.Popen[str]) -> None:
    lines_until(piped, "straight line to 5 by")
    (acme / SECOND).write_text((acme / SECOND).read_text() + "  - {")
    assert piped.stderr is not None
    assert f"Cannot be read: {SECOND}" in next(line for line in piped.stderr if line.strip())


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("zzzzz",), 1, "fits no campaign"), (("--every", "0"), 2, "not between 0.2 and 3600"),
        (("--every", "nan"), 2, "not between"), (("--every", "soon"), 2, "soon"), (("q8n2k", "m4v7d"), 2, "m4v7d"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_watched_is_refused_at_once(
    acme: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    said = mbl("campaign", "watch", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
