"""Markdown that shows exactly the text: checked with a Markdown parser."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render_samples import CLUSTERS, COLUMNS, TITLES, canvas, report, table

from mbl.core.report import Bar, Bars, Block, Facts, Words
from mbl.render import drawn
from mbl.render.markdown import escaped
from mbl.render.safe import shown

MARKUP = st.sampled_from("abc 1.)-+=*_`~#|[]<>&@$\\\n!")
texts = st.text(st.characters(exclude_categories=()) | MARKUP)


def html(text):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)


def seen(fragment):
    """The text a reader sees, spaces as one."""
    return " ".join(unescape(re.sub("<[^>]*>", "", fragment)).replace("\u200b", "").split())


def spaces_as_one(text):
    return " ".join(shown(text).split())


def written(*blocks: Block):
    return drawn(report(*blocks), canvas(), form="md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Webinar for CTOs", "Webinar for CTOs"),
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\\\|b"),
        ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
        ("[x](http://a.example)", r"\[x\](http://a.example)"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("ask @ana about #12 and GH-3", "ask @&#8203;ana about #&#8203;12 and GH-&#8203;3"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("12. item", r"12\. item"),
        ("+", r"\+"),
        ("1.", r"1\."),
        ("2.5d", "2.5d"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("see https://a.example/x_y_z#12, please", "see https://a.example/x_y_z#12, please"),
        ("xhttps://a.example/#12", "xhttps://a.example/#&#8203;12"),
        ("https://@ana", "https://@&#8203;ana"),
    ],
)
def test_markup_and_references_are_neutral(text, expected):
    assert escaped(text) == expected


@given(texts)
def test_a_parser_reads_back_exactly_the_text_of_a_table(text):
    output = html(written(table([text, text], requester=text)))
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", output.replace("\n", " "))
    assert len(found) == 3 * len(COLUMNS)
    assert {seen(cell.replace("<br>", " ")) for cell in found[8::7]} <= {" ".join(seen_lines(text))}


@given(texts)
def test_a_parser_reads_back_exactly_the_text_of_a_sentence(text):
    output = html(written(Words(text=text)))
    assert not re.search(r"<(?!/?p>|br)", output)
    assert seen(output) == " ".join(seen_lines(text))


def seen_lines(text):
    return [line for line in map(spaces_as_one, text.replace("\r\n", "\n").split("\n")) if line]


@pytest.mark.parametrize("title", [*TITLES, *CLUSTERS, "a|b", r"a\|b", "\\"])
def test_every_row_has_one_cell_a_column(title):
    lines = written(table([title] * 2)).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert len(re.split(r"(?<!\\)(?:\\\\)*\|", line)) == len(COLUMNS) + 2


def test_a_report_reads_like_this():
    output = written(
        Words(text="About 60 months of committed work.", tone="headline"),
        Bars(title="By team", bars=(Bar(label="content", value=34.2, text="34.2 months"),)),
        table(["Webinar"], requester=None),
        Facts(title="Webinar", facts=(("Status", "committed"), ("Links", "a\nb"))),
        table([]),
    )
    assert output == (
        "**About 60 months of committed work.**\n"
        "\n"
        "| By team |  |\n"
        "| --- | ---: |\n"
        "| content | 34.2 months |\n"
        "\n"
        "| \\# | Title | Bucket | Outcome | Effort | Who asked | Age |\n"
        "| ---: | --- | --- | --- | ---: | --- | ---: |\n"
        "| 1 | Webinar | Must | pipeline | 2.5d |  | 12d |\n"
        "\n"
        "**Webinar**\n"
        "\n"
        "- **Status:** committed\n"
        "- **Links:** a<br>b\n"
        "\n"
        "No items.\n"
    )


def test_verbatim_text_is_fenced_longer_than_any_fence_inside():
    assert written(Words(text="Hello @ana\n```\nx\n````\n", verbatim=True)) == (
        "`````\nHello @ana\n```\nx\n````\n`````\n"
    )
