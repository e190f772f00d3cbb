"""`mbl list`: the ranked list, its filters, its columns, its formats."""

import csv
import io
from pathlib import Path

import pytest

from world import TODAY, files, ids, mbl, write_item

OPEN = ["kdw22", "kdw33", "fgh44", "xzc55", "pqr66"]
FILTERS = (
    ((), OPEN),
    (("--status", "request"), ["fgh44", "xzc55"]),
    (("--status", "committed,doing"), ["kdw22", "kdw33", "pqr66"]),
    (("--status", "committed", "--status", "doing"), ["kdw22", "kdw33", "pqr66"]),
    (("--status", "DONE"), ["bnn88"]),
    (("--status", "declined,dropped"), ["vdd99", "hrd77"]),
    (("--status", "all"), [*OPEN, "vdd99", "bnn88", "hrd77"]),
    (("--moscow", "must"), ["kdw22"]),
    (("--moscow", "must,should"), ["kdw22", "kdw33"]),
    (("--moscow", "none"), ["fgh44", "xzc55"]),
    (("--outcome", "brand"), ["kdw33"]),
    (("--outcome", "pipeline,brand"), ["kdw22", "kdw33"]),
    (("--outcome", "none"), ["fgh44", "xzc55", "pqr66"]),
    (("--team", "growth"), ["kdw22", "kdw33"]),
    (("--team", "none"), ["fgh44", "xzc55", "pqr66"]),
    (("--requester", "dealers", "--requester", "cmo"), ["kdw33", "fgh44", "xzc55"]),
    (("--requester", "VP SALES"), ["pqr66"]),
    (("--audience", "cto"), ["kdw22"]),
    (("--label", "q4"), ["kdw22"]),
    (("--text", "newsletter"), ["fgh44", "xzc55"]),
    (("--text", "newsletter spring"), ["fgh44"]),
    (("--text", "webinar,poster"), ["kdw22", "pqr66"]),
    (("--text", "webinar", "--text", "poster"), ["kdw22", "pqr66"]),
    (("--since", "2026-11-01"), ["kdw33", "fgh44", "pqr66"]),
    (("--since", "2026-11-02", "--status", "all"), ["kdw33", "fgh44"]),
    (("--team", "growth", "--moscow", "should"), ["kdw33"]),
    (("--limit", "2"), ["kdw22", "kdw33"]),
    (("--limit", "0"), OPEN),
    (("--limit", "99"), OPEN),
)


@pytest.mark.parametrize(("options", "expected"), FILTERS)
@pytest.mark.parametrize("command", ["list", "rank"])
def test_filters_keep_what_fits_in_rank_order(
    small: Path, command: str, options: tuple[str, ...], expected: list[str]
) -> None:
    said = mbl(command, *options, "-f", "json")
    assert said.code == 0, said.err
    assert said.json["kind"] == "items"
    assert ids(said) == expected


SORTS = (
    (("--sort", "title"), ["kdw33", "xzc55", "fgh44", "pqr66", "kdw22"]),
    (("--sort", "-title"), ["kdw22", "pqr66", "fgh44", "xzc55", "kdw33"]),
    (("--sort", "moscow"), ["kdw22", "kdw33", "pqr66", "fgh44", "xzc55"]),
    (("--sort", "-moscow"), ["pqr66", "kdw33", "kdw22", "fgh44", "xzc55"]),
    (("--sort", "status"), ["fgh44", "xzc55", "kdw22", "pqr66", "kdw33"]),
    (("--sort", "requester,title"), ["pqr66", "kdw33", "xzc55", "fgh44", "kdw22"]),
    (("--sort", "requester", "--sort", "-title"), ["pqr66", "kdw33", "fgh44", "xzc55", "kdw22"]),
    (("--sort", "-age"), ["xzc55", "kdw22", "kdw33", "pqr66", "fgh44"]),
    (("--sort", "effort"), ["kdw22", "kdw33", "fgh44", "xzc55", "pqr66"]),
    (("--sort", "position"), OPEN),
)


@pytest.mark.parametrize(("options", "expected"), SORTS)
def test_sorting_puts_what_is_empty_last(small: Path, options: tuple[str, ...], expected: list[str]) -> None:
    assert ids(mbl("list", *options, "-f", "json")) == expected


def test_positions_count_the_whole_list_whatever_is_shown(small: Path) -> None:
    said = mbl("list", "--status", "request", "-f", "json")
    assert [item["position"] for item in said.json["items"]] == [3, 4]
    assert [item["position"] for item in mbl("list", "--status", "done", "-f", "json").json["items"]] == [
        None
    ]


def test_the_same_words_as_a_pipe_gets_them(small: Path) -> None:
    assert mbl("list").out == (
        "#  Title                 MoSCoW  Outcome          Effort  Asked by  Age\n"
        "1  Webinar for CTOs      Must    pipeline         5d      vp-sales  63d\n"
        "2  Landing page          Should  pipeline, brand  2-8d    cmo       62d\n"
        "3  Newsletter in spring  -       -                ?       dealers   12d\n"
        "4  Newsletter in autumn  -       -                ?       dealers   6mo\n"
        "5  Poster                Could   -                ?       VP Sales  22d\n"
        "\n"
        "2 promised items fit into this quarter.\n"
        "1 promised item of unknown effort is not counted.\n"
    )


def test_a_pipe_is_told_what_a_limit_leaves_out(small: Path) -> None:
    assert mbl("list", "--limit", "2").out.splitlines()[4] == "… and 3 more"
    assert "more" not in mbl("list", "--limit", "0").out


def test_columns_are_chosen_by_name_in_their_order(small: Path) -> None:
    assert mbl("list", "--columns", "id,title", "--columns", "due", "--limit", "1").out.splitlines()[:2] == [
        "Id     Title             Due",
        "kdw22  Webinar for CTOs  -",
    ]


def test_every_column_can_be_shown_and_sorted_by(acme: Path) -> None:
    names = list(mbl("list", "--limit", "1", "-f", "json").json["items"][0])
    for form in ("table", "csv", "md"):
        said = mbl("list", "--status", "all", "--columns", ",".join(names), "-f", form)
        assert said.code == 0, said.err
    for name in names:
        assert mbl("list", "--status", "all", "--sort", name, "--limit", "3").code == 0, name
        assert mbl("list", "--status", "all", "--sort", f"-{name}", "--limit", "3").code == 0, name


def test_ended_items_are_shown_with_how_they_ended(small: Path) -> None:
    assert mbl("list", "--status", "declined,dropped").out.splitlines() == [
        "Id     Title      Status    Ended       Asked by  Reason            Revisit",
        "vdd99  Old video  dropped   2026-09-03  -         No longer needed  -",
        "hrd77  Old fair   declined  2026-08-02  cmo       No room           -",
    ]


def test_csv_is_neutral_for_spreadsheets(small: Path) -> None:
    evil = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '"quoted", comma', "two\nlines")
    for number, title in enumerate(evil):
        write_item(small, {"id": f"zzz{number + 22}", "rank": f"b{number}V", "title": title})
    said = mbl("list", "--columns", "id,title", "-f", "csv")
    rows = list(csv.reader(io.StringIO(said.out)))
    assert rows[0] == ["id", "title"]
    assert [row[1] for row in rows[-6:]] == [*(f"'{title}" for title in evil[:4]), *evil[4:]]


def test_markdown_is_a_table(small: Path) -> None:
    lines = mbl("list", "--limit", "1", "--columns", "title,moscow", "-f", "md").out.splitlines()
    assert lines[:3] == ["| Title | MoSCoW |", "| --- | --- |", "| Webinar for CTOs | Must |"]


def test_the_record_is_the_one_the_contract_names(acme: Path) -> None:
    said = mbl("list", "--status", "all", "-f", "json")
    assert list(said.json)[:3] == ["schema_version", "kind", "today"]
    assert (said.json["schema_version"], said.json["kind"], said.json["today"]) == (1, "items", TODAY)
    promised = {
        "id", "position", "title", "status", "moscow", "requester", "requested", "outcomes", "aligned", "estimate",
        "effort_days", "guessed", "team", "owner", "audience", "channel", "due", "path",
    }  # fmt: skip
    for item in said.json["items"]:
        assert promised <= set(item)
        assert isinstance(item["aligned"], bool)
        assert isinstance(item["outcomes"], list)
        assert item["estimate"] is None or set(item["estimate"]) == {"low", "likely", "high"}
        assert item["guessed"] is (item["estimate"] is None and item["effort_days"] is not None)
        assert (acme / item["path"]).is_file()
        assert item["path"].endswith(f"{item['id']}.yaml")
        assert not {"", ()} & {value for value in item.values() if isinstance(value, str)}
    assert sum(item["aligned"] for item in said.json["items"]) > 20


TYPOS = (
    (("--team", "grwth"), "No item has team grwth. Did you mean growth?"),
    (("--requester", "vp-sale"), "No item has requester vp-sale. Did you mean vp-sales?"),
    (("--outcome", "pipline"), "No item has outcome pipline. Did you mean pipeline?"),
    (("--label", "q44,none"), "No item has label q44. Did you mean q4?"),
)


@pytest.mark.parametrize(("options", "sentence"), TYPOS)
@pytest.mark.parametrize("command", ["list", "rank"])
def test_a_filter_that_no_item_has_is_an_empty_list_with_a_hint(
    small: Path, command: str, options: tuple[str, ...], sentence: str
) -> None:
    said = mbl(command, *options)
    assert said.code == 0
    assert said.err.strip() == sentence


def test_an_empty_answer_says_so(small: Path) -> None:
    assert mbl("list", "--text", "zeppelin").out == "No items.\n"
    assert mbl("list", "--text", "zeppelin", "-f", "json").json["items"] == []
    assert mbl("list", "--text", "zeppelin", "--columns", "id", "-f", "csv").out == "id\n"


WRONG = (
    (("--status", "opn"), "One of: request, committed, doing, done, declined, dropped, all."),
    (("--status", "comitted"), "Did you mean committed?"),
    (("--moscow", "shoud"), "Did you mean should?"),
    (("--columns", "id,titel"), "Did you mean title?"),
    (("--columns", "qqq"), "There are: id, position, title,"),
    (("--sort", "titel"), "Did you mean title?"),
    (("--since", "last week"), "write it like 2026-11-30"),
    (("--limit", "-1"), "--limit: -1 is less than 0."),
    (("--limit", "many"), "--limit: 'many' is not a whole number."),
    (("-f", "jsn"), "Did you mean json?"),
    (("--statsu", "done"), "Did you mean --status?"),
    (("surplus",), "Too many words: surplus."),
    (("--root", "x"), "It goes before the command: mbl --root … list"),
)


@pytest.mark.parametrize(("options", "sentence"), WRONG)
def test_a_wrong_option_exits_with_2_and_suggests_the_nearest(
    small: Path, options: tuple[str, ...], sentence: str
) -> None:
    said = mbl("list", *options)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_reading_writes_nothing(small: Path) -> None:
    before = files(small)
    for arguments in (
        ["list"],
        ["rank"],
        ["show", "1"],
        ["capacity"],
        ["check"],
        [],
        ["import"],
        ["schema", "item"],
    ):
        mbl(*arguments)
    assert files(small) == before


def test_a_broken_file_is_left_out_said_and_exit_1(small: Path) -> None:
    (small / "items" / "broken-hhh44.yaml").write_text("id: hhh44\ntitle: [\n")
    said = mbl("list", "-f", "json")
    assert said.code == 1
    assert ids(said) == OPEN
    assert said.err.startswith("Left out: items/broken-hhh44.yaml:")
    for arguments in (["show", "1"], ["capacity"], [], ["rank"]):
        other = mbl(*arguments)
        assert other.code == 1
        assert other.out
        assert "Left out: items/broken-hhh44.yaml:" in other.err
