"""The piped table: whole, aligned, without colour."""

import pytest
from render_samples import CLUSTERS, TITLES, canvas, report, table

from mbl.core.report import Bar, Bars, Block, Column, Facts, Table, Words
from mbl.render import drawn
from mbl.render.width import cells


def piped(*blocks: Block):
    return drawn(report(*blocks), canvas(width=20, height=5))


def test_columns_are_aligned_and_absent_values_marked():
    output = piped(table(["Webinar for CTOs", "価格表を更新", "👨‍👩‍👧 Family plan"], moscow=None, effort=0.5))
    assert output == (
        "#  Title             Bucket  Outcome   Effort  Who asked  Age\n"
        "1  Webinar for CTOs  -       pipeline    0.5d  vp-sales   12d\n"
        "2  価格表を更新      -       pipeline    0.5d  vp-sales   12d\n"
        "3  👨‍👩‍👧 Family plan    -       pipeline    0.5d  vp-sales   12d\n"
    )


def test_nothing_is_cut_to_the_screen():
    output = piped(table([f"Request {number}" for number in range(1000)]))
    assert output.count("\n") == 1001
    assert "…" not in output


def test_a_very_long_title_is_whole_and_leaves_other_rows_narrow():
    *others, long = piped(table(["Webinar", "x" * 5000])).splitlines()
    assert "x" * 5000 in long
    assert max(map(cells, others)) < 140


@pytest.mark.parametrize("title", [title for title in TITLES + CLUSTERS if len(title) < 80])
def test_every_title_leaves_the_columns_behind_it_aligned(title):
    _, first, second = piped(table(["Webinar for CTOs", title])).splitlines()
    assert cells(first.split("Must")[0]) == cells(second.split("Must")[0])


def test_no_line_ends_in_spaces():
    rows = [("long requester", "a"), ("x", "b")]
    columns = tuple(Column(key=str(at), label=str(at), value=lambda row, at=at: row[at]) for at in (1, 0))
    assert all(line == line.rstrip() for line in piped(Table(columns=columns, rows=rows)).splitlines())


def test_an_empty_table_says_so():
    assert piped(table([])) == "No items.\n"


def test_blocks_stand_apart_and_sentences_together():
    output = piped(
        Words(text="About 60 months of committed work.", tone="headline"),
        Words(text="If nothing new is accepted.", tone="hint"),
        Bars(
            title="By team",
            bars=(
                Bar(label="content", value=20, text="20"),
                Bar(label="日本", value=1, text="1"),
                Bar(label="no team", value=0, text="none"),
            ),
        ),
        Facts(
            title="Webinar",
            facts=(("Status", "committed"), ("Links", "https://a.example\nhttps://b.example")),
        ),
        Words(text="Hello,\n\n  thank you.\n", verbatim=True),
    )
    assert output == (
        "About 60 months of committed work.\n"
        "If nothing new is accepted.\n"
        "\n"
        "By team\n"
        "content  ██████████████████████████████ 20\n"
        "日本     █▌ 1\n"
        "no team  none\n"
        "\n"
        "Webinar\n"
        "Status  committed\n"
        "Links   https://a.example\n"
        "        https://b.example\n"
        "\n"
        "Hello,\n"
        "\n"
        "  thank you.\n"
    )


def test_sentences_are_not_wrapped_in_a_pipe():
    sentence = "word " * 100
    assert piped(Words(text=sentence.strip())) == sentence.strip() + "\n"
