"""`mbl import csv`: lists join the backlog; nothing is doubled, and every problem is named at once."""

from pathlib import Path

import pytest

from world import FIVE_YEARS, changed, files, ids, item, mbl, process, terminal, titles

SALES = """Title,Requester,Estimate,Status,Due
Trade fair stand,vp-sales,5d,committed,2026-12-01
Sales deck,vp-sales,2d,request,
Old flyer,head of sales,1d,done,2026-03-01
"""
EVENTS = "Title;Requester;Estimate\nSummer party;cmo;3d\nRoundtable;ceo;\n"


@pytest.fixture
def lists(small: Path) -> Path:
    """Two lists beside the backlog."""
    (small / "sales.csv").write_text(SALES)
    (small / "events.csv").write_text(EVENTS)
    return small


def test_the_sources_are_listed(here: Path) -> None:
    said = mbl("import")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("csv ")


def test_several_files_come_in_at_once_at_the_bottom(lists: Path) -> None:
    before = files(lists)
    said = mbl("import", "csv", "sales.csv", "events.csv")
    assert said.code == 0, said.err
    assert said.out == "Imported 5 new (3 committed, 1 request, 1 done), 0 changed, 0 unchanged.\n"
    assert titles(mbl("list", "-f", "json"))[5:] == [
        "Trade fair stand",
        "Sales deck",
        "Summer party",
        "Roundtable",
    ]
    assert len(changed(before, files(lists))) == 5
    after = item("trade fair")
    assert (after["requester"], after["effort_days"], after["status"], after["due"]) == (
        "vp-sales", 5, "committed", "2026-12-01",
    )  # fmt: skip
    assert after["source"]["system"] == "sales"
    assert mbl("check").code == 0


def test_the_remarks_say_how_the_columns_were_read(lists: Path) -> None:
    err = mbl("import", "csv", "sales.csv").err
    assert 'sales.csv: read: "Title" → title' in err
    assert mbl("-q", "import", "csv", "sales.csv").err == ""


def test_a_dry_run_counts_by_kind_and_writes_nothing(lists: Path) -> None:
    before = files(lists)
    said = mbl("import", "csv", "sales.csv", "--dry-run")
    assert said.out == "Would import 3 new (1 committed, 1 request, 1 done), 0 changed, 0 unchanged.\n"
    assert files(lists) == before
    as_json = mbl("import", "csv", "sales.csv", "--dry-run", "-f", "json").json
    assert (as_json["kind"], as_json["counts"]) == ("change", {"new": 3, "changed": 0, "unchanged": 0})
    assert as_json["paths"] == []


def test_importing_again_doubles_nothing_and_lists_what_changed(lists: Path) -> None:
    mbl("import", "csv", "sales.csv", "events.csv")
    before, order = files(lists), ids(mbl("list", "-f", "json"))
    again = mbl("import", "csv", "sales.csv", "events.csv")
    assert again.out == "Imported 0 new, 0 changed, 5 unchanged.\n"
    assert files(lists) == before
    (lists / "sales.csv").write_text(SALES.replace("2d", "4d") + "Brochure,cfo,1d,request,\n")
    said = mbl("import", "csv", "sales.csv", "events.csv")
    assert said.out.splitlines() == [
        'Changed "Sales deck": estimate 2d → 4d',
        "Imported 1 new (1 request), 1 changed, 4 unchanged.",
    ]
    assert ids(mbl("list", "-f", "json"))[: len(order)] == order


def test_as_says_what_an_unsaid_status_means(lists: Path) -> None:
    mbl("import", "csv", "events.csv", "--as", "request", "--owner", "zoe")
    assert (item("roundtable")["status"], item("roundtable")["owner"]) == ("request", "zoe")
    (lists / "more.csv").write_text("Title\nCandles\n")
    mbl("import", "csv", "more.csv", "--requester", "facility")
    assert (item("candles")["status"], item("candles")["requester"]) == ("committed", "facility")


def test_an_id_column_updates_items_that_exist(lists: Path) -> None:
    (lists / "ours.csv").write_text("id,Title,Estimate\nkdw22,Webinar for CIOs,8d\n,Brand new,1d\n")
    said = mbl("import", "csv", "ours.csv")
    assert said.code == 0, said.err
    assert (item("kdw22")["title"], item("kdw22")["effort_days"]) == ("Webinar for CIOs", 8)
    assert item("kdw22")["requester"] == "vp-sales", "a column that is not there changes nothing"
    assert "1 new" in said.out


def test_an_unknown_id_is_refused(lists: Path) -> None:
    (lists / "ours.csv").write_text("id,Title\nkdw22,A\nzzz99,B\n")
    before = files(lists)
    said = mbl("import", "csv", "ours.csv")
    assert (said.code, said.out) == (1, "")
    assert "ours.csv:3: there is no item zzz99" in said.err
    assert files(lists) == before


def test_our_own_csv_comes_back_as_it_was(small: Path) -> None:
    for title in (
        "=1+1",
        "+49 call centre",
        "@home campaign",
        "-20 % on everything",
        "'quoted' from the start",
    ):
        mbl("add", "--requester", title, "--", title)
    before = files(small)
    table = mbl("list", "--columns", "id,title,requester", "-f", "csv").out
    assert "'=1+1" in table
    (small / "back.csv").write_text(table)
    said = mbl("import", "csv", "back.csv")
    assert said.out == "Imported 0 new, 0 changed, 10 unchanged.\n"
    assert changed(before, files(small)) == {"back.csv"}
    (small / "new.csv").write_text("Title,Requester\n'=1+2,'@ana\n'twas a fine list,o'brien\n")
    mbl("import", "csv", "new.csv")
    assert titles(mbl("list", "-f", "json"))[-2:] == ["=1+2", "'twas a fine list"]
    assert item("=1+2")["requester"] == "@ana"


def test_two_files_of_one_name_are_refused(lists: Path) -> None:
    (lists / "old").mkdir()
    (lists / "old" / "sales.csv").write_text(SALES)
    said = mbl("import", "csv", "sales.csv", "old/sales.csv")
    assert (said.code, said.out) == (1, "")
    assert "another file has the same name" in said.err


def test_every_problem_of_every_file_is_listed_at_once_with_its_line(lists: Path) -> None:
    (lists / "sales.csv").write_text(SALES.replace("2d", "two bananas").replace("done", "sort of"))
    (lists / "events.csv").write_text(EVENTS.replace("3d", "bad"))
    before = files(lists)
    said = mbl("import", "csv", "sales.csv", "events.csv")
    assert (said.code, said.out) == (1, "")
    lines = said.err.splitlines()
    assert lines[0] == "3 problems; nothing was imported."
    assert [line.split(": ")[0] for line in lines[1:4]] == ["sales.csv:3", "sales.csv:4", "events.csv:2"]
    assert ".." not in said.err.replace("…", "")
    as_json = mbl("import", "csv", "sales.csv", "events.csv", "-f", "json")
    assert (as_json.code, as_json.out) == (1, "")
    assert [(one["path"], one["line"]) for one in as_json.error["problems"]] == [
        ("sales.csv", 3), ("sales.csv", 4), ("events.csv", 2),
    ]  # fmt: skip
    assert files(lists) == before


def test_a_mapped_column_may_be_missing_in_one_file_but_not_in_all(lists: Path) -> None:
    (lists / "odd.csv").write_text("Title,Kram\nOdd thing,7d\n")
    said = mbl("import", "csv", "sales.csv", "odd.csv", "--map", "Kram=estimate")
    assert said.code == 0, said.err
    assert item("odd thing")["effort_days"] == 7
    wrong = mbl("import", "csv", "sales.csv", "events.csv", "--map", "Kram=estimate")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err.count('There is no column "Kram"') == 2


def test_a_column_can_be_mapped_or_left_out(lists: Path) -> None:
    (lists / "odd.csv").write_text("Title,Kram,Estimate\nOdd thing,kiosk,7d\n")
    assert mbl("import", "csv", "odd.csv", "--map", "Kram=channel,Estimate=").code == 0
    assert (item("odd thing")["channel"], item("odd thing")["estimate"]) == ("kiosk", None)


WRONG = (
    (("import", "cvs", "sales.csv"), 2, "Did you mean csv?"),
    (("import", "csv"), 2, "Say which files"),
    (("import", "csv", "nowhere.csv"), 1, "nowhere.csv: No such file"),
    (("import", "csv", "."), 1, "Is a directory"),
    (("import", "csv", "sales.csv", "--as", "done"), 2, "One of: committed, request."),
    (("import", "csv", "sales.csv", "--map", "Title"), 2, "COLUMN=field"),
    (("import", "csv", "sales.csv", "--map", "Title=titel"), 1, "titel"),
    (("import", "csv", "sales.csv", "--pont", "1d"), 2, "--point"),
)


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_bad_input_is_refused_with_what_to_do(
    lists: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(lists)
    said = mbl(*arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert files(lists) == before


def test_a_long_import_shows_its_progress_in_a_terminal_only(small: Path) -> None:
    rows = "".join(f"Request number {number},2d\n" for number in range(1200))
    (small / "long.csv").write_text(f"Title,Estimate\n{rows}")
    (small / "short.csv").write_text("Title,Estimate\nOnly one,2d\n")
    assert "█" not in terminal("import", "csv", "short.csv", "--dry-run").raw
    piped = process("import", "csv", "long.csv", "--dry-run")
    assert "█" not in piped.out + piped.err
    screen = terminal("import", "csv", "long.csv")
    assert screen.code == 0
    assert "\rSaving █" in screen.raw
    assert any(line.startswith("Saving ████████████████████████ 1,200 of 1,200") for line in screen.lines)
    assert screen.lines[-1] == "Imported 1,200 new (1,200 committed), 0 changed, 0 unchanged."


def test_eight_lists_are_sixty_months(here: Path) -> None:
    assert mbl("init", "--capacity", "31.467", "--no-git").code == 0
    lists = sorted(str(path) for path in FIVE_YEARS.glob("*.csv"))
    assert len(lists) == 8
    said = mbl("import", "csv", *lists)
    assert said.code == 0, said.err
    first = mbl("capacity").out.splitlines()[0]
    assert first.startswith("About 60 months of committed work")
    figures = mbl("capacity", "-f", "json").json
    assert round(figures["months"], 1) == 60.0
    assert round(figures["committed_days"]) == 1888
    assert figures["guess_share"] <= 0.1
    assert mbl("check").code == 0
    assert mbl("import", "csv", *lists).out.startswith("Imported 0 new, 0 changed,")
