"""`mbl add`: one request more, at the bottom of the list, and nothing else touched."""

from pathlib import Path

import pytest

from world import SMALL, TODAY, changed, files, ids, item, mbl, titles

OPTIONS = (
    (("--requester", "vp-sales"), {"requester": "vp-sales"}),
    (("--outcome", "pipeline,brand", "--outcome", "trust"), {"outcomes": ["pipeline", "brand", "trust"]}),
    (("--how", "It moves them"), {"how": "It moves them"}),
    (("--estimate", "2d-8d"), {"estimate": {"low": 2, "likely": 5, "high": 8}, "effort_days": 5}),
    (("--estimate", "m"), {"effort_days": 3}),
    (("--type", "webinar"), {"type": "webinar"}),
    (("--team", "growth"), {"team": "growth"}),
    (("--owner", "Ana Ruiz"), {"owner": "Ana Ruiz"}),
    (("--audience", "cto"), {"audience": "cto"}),
    (("--channel", "email"), {"channel": "email"}),
    (("--due", "2026-12-01"), {"due": "2026-12-01"}),
    (("--moscow", "MUST"), {"moscow": "must", "status": "request", "ended": None}),
    (("--status", "committed"), {"status": "committed", "accepted": TODAY}),
    (("--label", "q4, spring", "--label", "x"), {"labels": ["q4", "spring", "x"]}),
    (("--link", "https://a.example/?a=1,2", "--link", "b"), {"links": ["https://a.example/?a=1,2", "b"]}),
    (("--description", "Two\nlines"), {"description": "Two\nlines"}),
)


@pytest.mark.parametrize(("options", "fields"), OPTIONS)
def test_every_option_sets_its_field(
    small: Path, options: tuple[str, ...], fields: dict[str, object]
) -> None:
    said = mbl("add", "New thing", *options)
    assert said.code == 0, said.err
    added = item("New thing")
    assert {name: added[name] for name in fields} == fields


def test_a_request_joins_the_bottom_and_one_line_says_where(small: Path) -> None:
    before = files(small)
    said = mbl("add", "Billboard at the station")
    path = f"items/billboard-at-the-station-{item('billboard')['id']}.yaml"
    assert said.out == f"Added {item('billboard')['id']} at #6: {path}\n"
    assert said.err == ""
    assert changed(before, files(small)) == {path}
    assert titles(mbl("list", "-f", "json"))[-1] == "Billboard at the station"
    assert item("billboard")["status"] == "request"
    assert item("billboard")["requested"] == TODAY
    assert item("billboard")["accepted"] is None


def test_the_file_has_the_keys_that_merge_well_even_when_empty(small: Path) -> None:
    mbl("add", "Billboard")
    path = next((small / "items").glob("billboard-*.yaml"))
    keys = [line.partition(":")[0] for line in path.read_text().splitlines() if not line.startswith("#")]
    assert keys == ["id", "rank", "title", "status", "requester", "requested", "type"]
    assert path.read_text().startswith("# yaml-language-server: $schema=../schemas/item.json\n")


def test_json_tells_the_change(small: Path) -> None:
    said = mbl("add", "Billboard", "--requester", "cmo", "-f", "json")
    assert said.json["kind"] == "change"
    assert said.json["today"] == TODAY
    assert said.json["commit"] is None
    (change,) = said.json["changes"]
    assert set(change) == {"id", "what", "field", "before", "after", "words"}
    assert (change["what"], change["after"]) == ("added", "Billboard")
    assert said.json["paths"] == [f"items/billboard-{change['id']}.yaml"]


def test_a_change_is_a_table_in_csv(small: Path) -> None:
    said = mbl("add", "Billboard", "-f", "csv")
    header, row = said.out.splitlines()
    assert (said.code, header) == (0, "id,what,field,before,after,words")
    assert ",added,,,Billboard," in row


def test_a_dry_run_writes_nothing(small: Path) -> None:
    before = files(small)
    said = mbl("add", "Billboard", "--requester", "cmo", "--dry-run")
    assert said.out == 'Would add request "Billboard" (asked by cmo)\n'
    assert mbl("add", "Billboard", "--dry-run", "-f", "json").json["paths"] == []
    assert files(small) == before


def test_an_open_request_with_the_same_title_is_named_and_nothing_is_merged(small: Path) -> None:
    said = mbl("add", "  webinar, for CTOS!! ")
    named, asked = said.err.splitlines()
    assert named == '"Webinar for CTOs" is on the list already: #1, kdw22, asked by vp-sales.'
    assert asked.startswith("Is it the same work? mbl edit ")
    assert said.out.startswith("Added ")
    assert len(ids(mbl("list", "-f", "json"))) == 6
    assert mbl("add", "Old fair").err == "", "what ended is no longer on the list"


def test_wont_is_declined_at_once(small: Path) -> None:
    said = mbl("add", "Skywriting", "--moscow", "wont")
    assert "(declined)" in said.out
    added = item("skywriting")
    assert (added["status"], added["moscow"], added["position"]) == ("declined", "wont", None)
    assert added["ended"] == {"date": TODAY, "by": "ana", "revisit": "2027-02-20"}


def test_the_description_comes_from_standard_input(small: Path) -> None:
    said = mbl("add", "Billboard", "--description", "-", input="First: line\n\n- second\n")
    assert said.code == 0
    assert item("billboard")["description"] == "First: line\n\n- second\n"


def test_a_name_that_nothing_describes_is_remarked_on_and_kept(acme: Path) -> None:
    said = mbl("add", "Billboard", "--team", "grwth", "--outcome", "pipelin")
    assert said.code == 0
    assert "there is no team grwth. Did you mean growth?" in said.err
    assert "there is no outcome pipelin. Did you mean pipeline?" in said.err
    assert item("billboard")["team"] == "grwth"


TITLES = (
    "\x1b[31mred\x1b[0m \x1b]0;owned\x07",
    "[red]bold[/red] [link=x]",
    "over\rwritten",
    "\u202eright to left\u202c",
    "=cmd|' /C calc'!A0",
    "x" * 5000,
    "../../etc/passwd",
    "'quoted' \"twice\" `ticks` $(touch x)",
    "日本語のタイトル 🎁👩‍👩‍👧",
    "# no comment: {a: b} [c] &d *e !f |g >h %i @j",
    "null",
    "12",
    "2026-11-30",
    "-",
    "---",
    "tab\tand\nnewline",
    "…" * 100,
    "\ufeffbom",
)


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_any_title_is_kept_and_harms_nobody(small: Path, title: str) -> None:
    said = mbl("add", "--", title)
    assert said.code == 0, said.err
    added = next(one for one in mbl("list", "-f", "json").json["items"] if one["position"] == 6)
    assert added["title"] == title.strip()
    assert {path.parent for path in small.rglob("*.yaml")} == {small, small / "items"}
    assert mbl("check").code == 0
    shown = [mbl("list"), mbl("list", "-f", "md"), mbl("show", "6"), mbl("capacity"), mbl()]
    for screen in shown:
        assert screen.code == 0
        assert not {"\x1b", "\r", "\x07", "\u202e", "\t"} & set(screen.out)


def test_a_title_that_begins_with_a_dash_gets_a_hint(small: Path) -> None:
    before = files(small)
    for title in ("- x", "-x", "-20 % on everything"):
        said = mbl("add", title)
        assert (said.code, said.out) == (2, "")
        assert "begins with a dash" in said.err
        assert "mbl add -- " in said.err
    assert files(small) == before
    assert mbl("add", "--", "-x").code == 0
    assert item("6")["title"] == "-x"


WRONG = (
    ((), 2, "TITLE is missing"),
    (("",), 2, "A request needs a title."),
    ((" \t ",), 2, "A request needs a title."),
    (("Webinar", "for", "CTOs"), 2, "Put the title in quotes"),
    (("x", "--status", "done"), 2, "One of: request, committed."),
    (("x", "--moscow", "mus"), 2, "Did you mean must?"),
    (("x", "--due", "tomorrow"), 2, "write it like 2026-11-30"),
    (("x", "--due", "2026-02-30"), 2, "write it like 2026-11-30"),
    (("x", "--due", "20261130"), 2, "write it like 2026-11-30"),
    (("x", "--estimate", "5 bananas"), 2, "should be an estimate like 5d"),
    (("x", "--estimate", "-3d"), 2, "should be an estimate like 5d"),
    (("x", "--estimate", "8d-2d"), 1, "8d-2d"),
    (("x", "--estimate", "XXL"), 1, "XXL is not a size that mbl.yaml knows (S, M, L, XL). Did you mean XL?"),
    (("x", "--team", "two words"), 2, "one word"),
    (("x", "--teem", "growth"), 2, "Did you mean --team or --type?"),
    (("x", "-f", "xml"), 2, "table, json, csv, md"),
)


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_bad_input_is_refused_with_what_to_do(
    small: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(small)
    said = mbl("add", *arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert files(small) == before


def test_a_lone_surrogate_in_the_title_is_refused(small: Path) -> None:
    said = mbl("add", "caf\udce9")
    assert (said.code, said.out) == (2, "")
    assert mbl("check").code == 0


def test_without_a_backlog_the_way_to_one_is_shown(here: Path) -> None:
    said = mbl("add", "x")
    assert (said.code, said.out) == (1, "")
    assert "There is no backlog here" in said.err
    assert "mbl init" in said.err


def test_quiet_keeps_remarks_back_but_not_answers(small: Path) -> None:
    said = mbl("-q", "add", SMALL[0]["title"])
    assert said.out.startswith("Added ")
    assert said.err == ""
