"""A terminal, emulated, shows what was meant: nothing wraps, columns stand below their headers."""

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import CLUSTERS, TITLES, canvas, everything, report, table

from mbl.core.report import Bar, Bars, Facts, Words
from mbl.render import drawn
from mbl.render.width import cells

WIDTHS = (40, 60, 80, 140, 200)
# The emulator draws joined emoji one by one; a terminal shows each of these as one emoji of two cells.
STAND_INS = {"👨‍👩‍👧": "🙂", "🇩🇪": "🙂", "❤️": "🙂", "1️⃣": "🙂"}


def on_screen(output, width):
    for cluster, stand_in in STAND_INS.items():
        output = output.replace(cluster, stand_in)
    screen = pyte.Screen(width, output.count("\n") + 5)
    pyte.Stream(screen).feed(output.replace("\n", "\r\n"))
    return screen


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("color", [True, False])
def test_every_row_is_one_line_with_its_cells_below_their_headers(width, color):
    titles = [*TITLES, *CLUSTERS]
    output = drawn(report(table(titles)), canvas(width, tty=True, color=color, whole=True))
    screen = on_screen(output, width)
    assert screen.cursor.y == output.count("\n")
    head, rule, *rows = screen.display[: len(titles) + 2]
    bucket, age = head.index(" B") + 1, head.find("Age")
    assert set(rule.rstrip()) == {"─"}
    for y, row in enumerate(rows, start=2):
        assert screen.buffer[y][bucket].data == "M", row
        assert screen.buffer[y][bucket - 1].data == " ", row
        if age >= 0:
            assert [screen.buffer[y][x].data for x in range(age, age + 3)] == list("12d"), row


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", [*TITLES, *CLUSTERS])
def test_no_block_wraps_at_the_edge(width, text):
    blocks = everything(text).blocks[:-1]
    output = drawn(report(*blocks), canvas(width, tty=True, color=True, whole=True))
    assert on_screen(output, width).cursor.y == output.count("\n")


@given(st.text(st.characters(exclude_categories=())), st.integers(20, 200))
def test_no_text_makes_a_line_wider_than_the_terminal(text, width):
    output = drawn(report(*everything(text).blocks[:-1]), canvas(width, tty=True))
    assert all(cells(line) <= width for line in output.split("\n"))


def test_without_colour_there_is_no_escape_at_all():
    assert "\x1b" not in drawn(everything("Webinar"), canvas(tty=True, color=False))


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"])
@pytest.mark.parametrize("color", [True, False])
def test_the_canvas_decides_and_not_the_environment(name, color, monkeypatch):
    before = drawn(everything("Webinar"), canvas(tty=True, color=color))
    monkeypatch.setenv(name, "1")
    assert drawn(everything("Webinar"), canvas(tty=True, color=color)) == before


def test_colour_changes_no_character():
    plain = drawn(everything("価格表 [b]x[/b]"), canvas(tty=True, color=False))
    colored = drawn(everything("価格表 [b]x[/b]"), canvas(tty=True, color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert colored != plain


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (Words(text="About 60 months.", tone="headline"), "\x1b[1mAbout 60 months.\x1b[0m"),
        (Words(text="3 problems.", tone="bad"), "\x1b[31m3 problems.\x1b[0m"),
        (Words(text="Nothing wrong.", tone="good"), "\x1b[32mNothing wrong.\x1b[0m"),
        (Words(text="Next: mbl rank", tone="hint"), "\x1b[2mNext: mbl rank\x1b[0m"),
        (table(["Webinar"], moscow="should"), "\x1b[33mShould"),
    ],
)
def test_tones_and_buckets_have_their_colour(block, code):
    assert code in drawn(report(block), canvas(tty=True, color=True))


@pytest.mark.parametrize(
    ("width", "screen"),
    [
        (
            60,
            """\
#  Title                   B  Outcome  Effort  Who ask…  Age
────────────────────────────────────────────────────────────
1  Webinar for CTOs        M  pipeli…    2.5d  vp-sales  12d
2  Case study: how a reg…  M  pipeli…    2.5d  vp-sales  12d
3  価格表を更新する（代…   M  pipeli…    2.5d  vp-sales  12d
4  Title with ␛[31mcolou…  M  pipeli…    2.5d  vp-sales  12d
""",
        ),
        (
            80,
            """\
#  Title                                Bucket  Outcome   Effort  Who asked  Age
────────────────────────────────────────────────────────────────────────────────
1  Webinar for CTOs                     Must    pipeline    2.5d  vp-sales   12d
2  Case study: how a regional hospita…  Must    pipeline    2.5d  vp-sales   12d
3  価格表を更新する（代理店向け、第４…  Must    pipeline    2.5d  vp-sales   12d
4  Title with ␛[31mcolour␛[0m, ␍ retu…  Must    pipeline    2.5d  vp-sales   12d
""",
        ),
    ],
)
def test_a_list_reads_like_this(width, screen):
    titles = [TITLES[0], TITLES[1], TITLES[2], TITLES[8]]
    assert drawn(report(table(titles)), canvas(width, tty=True)) == screen


@pytest.mark.parametrize("height", [10, 24, 50])
@pytest.mark.parametrize("count", [1, 2])
def test_a_report_fills_the_screen_and_leaves_the_prompt(height, count):
    blocks = [Words(text="Headline", tone="headline"), *[table(["Webinar"] * 1000) for _ in range(count)]]
    output = drawn(report(*blocks), canvas(tty=True, height=height))
    lowest = 1 + count * (1 + 2 + 3)
    assert max(lowest, height - 2 - count) <= output.count("\n") <= max(lowest, height - 2)
    assert output.count("--limit 0 shows all") == count


def test_a_short_table_leaves_its_room_to_a_long_one():
    output = drawn(report(table(["Long"] * 1000), table(["Short"] * 2)), canvas(tty=True, height=40))
    assert output.count("Short") == 2
    assert output.count("Long") == 30


def test_a_whole_canvas_shows_every_row():
    output = drawn(report(table(["Webinar"] * 100)), canvas(tty=True, height=10, whole=True))
    assert output.count("Webinar") == 100
    assert "--limit" not in output


@pytest.mark.parametrize("width", [40, 80])
def test_bars_share_one_scale_and_leave_room_for_their_text(width):
    values = (20, 10, 0.01, 0, float("inf"), float("nan"))
    bars = tuple(Bar(label=f"team {value}", value=value, text=f"{value} months") for value in values)
    lines = drawn(report(Bars(title="By team", bars=bars)), canvas(width, tty=True)).splitlines()[1:]
    full, half, tiny, none, endless, unknown = (
        sum(line.count(part) for part in "█▉▊▋▌▍▎▏") for line in lines
    )
    assert full == endless
    assert half in {full // 2, full // 2 + 1}
    assert (tiny, none, unknown) == (1, 0, 0)
    assert all(line.endswith(f"{value} months") for line, value in zip(lines, values, strict=True))


def test_long_bars_end_where_their_text_still_fits():
    bars = Bars(title="", bars=(Bar(label="content", value=2, text="2 months of work"),))
    line = drawn(report(bars), canvas(40, tty=True)).rstrip("\n")
    assert line == "content  " + "█" * 14 + " 2 months of work"
    assert cells(line) == 40


def test_prose_is_wrapped_where_reading_is_easy_also_in_a_wide_terminal():
    lines = drawn(report(Words(text="word " * 60)), canvas(200, tty=True)).splitlines()
    assert max(map(len, lines)) <= 100


def test_a_terminal_narrower_than_20_is_drawn_for_20():
    assert drawn(everything("Webinar"), canvas(5, tty=True)) == drawn(
        everything("Webinar"), canvas(20, tty=True)
    )


def test_facts_are_wrapped_below_their_value():
    facts = Facts(
        facts=(("Status", "committed"), ("How", "CTOs who attend book demos twice as often as others do"))
    )
    assert drawn(report(facts), canvas(40, tty=True)) == (
        "Status  committed\nHow     CTOs who attend book demos twice\n        as often as others do\n"
    )


def test_verbatim_text_keeps_its_lines_however_long():
    reply = f"Hello,\n\n{'word ' * 30}end"
    assert drawn(report(Words(text=reply, verbatim=True)), canvas(40, tty=True)) == reply + "\n"
