import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, item
from mbl.core.replies.letters import (
    PLACEHOLDERS,
    letter,
    letter_fields,
    rendered,
    template_problems,
    to_answer,
)
from mbl.core.replies.templates import DAYS, TEMPLATES
from mbl.core.teams.serving import NOT_OURS
from mbl.errors import MblError
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Ended
from mbl.model.settings import Audience, Settings
from mbl.model.team import Team

TODAY = date(2026, 11, 22)
NO = item(
    title="Balloon over\nthe motorway",
    requester="vp-sales",
    status="declined",
    ended=Ended(date=TODAY, by="cmo", reason="It serves no outcome. ", revisit=date(2027, 1, 15)),
)
HELD = Guidepoint(
    statement="Shippers come\nto us.\n",
    from_=date(2026, 10, 1),
    to=date(2026, 12, 31),
    outcomes=(
        Outcome(id="brand", text="People know us.", weight=1),
        Outcome(id="pipeline", text="3.0 million of pipeline.", weight=3),
        Outcome(id="won", text="Already reached", weight=9, closed=date(2026, 11, 1)),
    ),
)
SERVED = backlog(NO, guidepoints={"guidepoints/2026-q4.yaml": HELD})

LETTERS = {
    "en": """\
Hello vp-sales,

Thank you for asking us for “Balloon over the motorway”. We will not do it this time.

The reason: It serves no outcome.

Until 31 December 2026 we work for one thing: Shippers come to us.

What comes first: 3.0 million of pipeline.

What would change our answer: tell us which number your request would move, from what to what, and by when. \
Then we will gladly look at it anew.

We will look at it again ourselves on 15 January 2027.

Kind regards from your marketing team""",
    "de": """\
Hallo vp-sales,

vielen Dank für die Anfrage „Balloon over the motorway“. Wir können sie dieses Mal leider nicht umsetzen.

Der Grund: It serves no outcome.

Bis zum 31. Dezember 2026 arbeiten wir auf ein Ziel hin: Shippers come to us.

An erster Stelle steht dabei: 3.0 million of pipeline.

Unsere Antwort kann sich ändern, wenn wir wissen, welche Zahl die Anfrage bewegt, von welchem Wert auf welchen \
und bis wann. Dann sehen wir sie uns gern noch einmal an.

Von uns aus kommen wir am 15. Januar 2027 darauf zurück.

Herzliche Grüße aus dem Marketing""",
    "es": """\
Hola, vp-sales:

Muchas gracias por la petición «Balloon over the motorway». Esta vez no podremos llevarla a cabo.

El motivo: It serves no outcome.

Hasta el 31 de diciembre de 2026 trabajamos con un único objetivo: Shippers come to us.

Lo primero es esto: 3.0 million of pipeline.

¿Qué cambiaría nuestra respuesta? Saber qué cifra movería la petición, de cuánto a cuánto y para cuándo. \
Con ese dato la volveremos a estudiar con mucho gusto.

Por nuestra parte, la revisaremos de nuevo el 15 de enero de 2027.

Un saludo cordial del equipo de marketing""",
    "ja": """\
vp-sales様

「Balloon over the motorway」のご依頼をいただき、ありがとうございます。申し訳ございませんが、今回は見送らせていただきます。

理由は次のとおりです。It serves no outcome。

2026年12月31日までは、次の目標に集中しています。「Shippers come to us」

その中で最も優先しているのは「3.0 million of pipeline」です。

このご依頼によって、どの数字が、いつまでに、いくつからいくつへ変わるのかをお知らせいただければ、喜んで改めて検討いたします。

2027年1月15日に、こちらでももう一度見直します。

どうぞよろしくお願いいたします。

マーケティングチーム""",
}


@pytest.mark.parametrize("language", TEMPLATES)
def test_a_kind_no_in_every_language(language):
    assert letter(SERVED, NO, TODAY, template=TEMPLATES[language], language=language) == LETTERS[language]


@pytest.mark.parametrize("language", TEMPLATES)
def test_a_broken_promise_is_an_apology_and_no_thanks_for_asking(language):
    dropped = replace(NO, status="dropped")
    text = letter(SERVED, dropped, TODAY, template=TEMPLATES[language], language=language)
    mine, theirs = text.split("\n\n"), LETTERS[language].split("\n\n")
    assert mine[:1] + mine[2:] == theirs[:1] + theirs[2:]
    assert mine[1] != theirs[1]
    assert "Balloon over the motorway" in mine[1]


@pytest.mark.parametrize("language", TEMPLATES)
def test_without_guidepoint_reason_date_and_name_the_letter_is_shorter_and_whole(language):
    bare = replace(NO, requester=None, ended=Ended(date=TODAY))
    text = letter(backlog(bare), bare, TODAY, template=TEMPLATES[language], language=language)
    assert len(text.split("\n\n")) == len(LETTERS[language].split("\n\n")) - 4
    assert not re.search(r"[{}|]|<!--|None|\n\n\n", text)
    assert text.splitlines()[0] in {"Hello there,", "Hallo zusammen,", "Hola, equipo:", "ご担当者様"}


def test_a_day_to_look_again_that_has_come_is_not_announced():
    text = letter(SERVED, NO, date(2027, 1, 15), template=TEMPLATES["en"])
    assert "look at it again ourselves" not in text


def test_a_fifth_language_writes_days_as_the_files_do():
    fields = letter_fields(SERVED, NO, TODAY, language="pt")
    assert (fields["until"], fields["revisit"], fields["today"]) == ("2026-12-31", "2027-01-15", "2026-11-22")
    assert set(fields) == set(PLACEHOLDERS)


@pytest.mark.parametrize("language", DAYS)
def test_every_day_of_the_year_can_be_written(language):
    texts = [DAYS[language](date(2026, month, 9)) for month in range(1, 13)]
    assert len(set(texts)) == 12
    assert all("9" in text and "2026" in text for text in texts)


@pytest.mark.parametrize(
    ("template", "fields", "text"),
    [
        ("{title}", {"title": "Fair"}, "Fair"),
        ("{ title }", {"title": "Fair"}, "Fair"),
        ("a {title}\nb\n\nc", {"title": ""}, "c"),
        ("a\n\n{title} {reason}\n\nb", {"title": "Fair"}, "a\n\nb"),
        ("a {title|it}, {reason|}!", {}, "a it, !"),
        ("a {title|it}", {"title": "Fair"}, "a Fair"),
        ("{reason|{title}", {"title": "Fair"}, "{reason|Fair"),
        ("a\r\n\r\n{title}\r\n \r\nb\r\n", {"title": "Fair"}, "a\n\nFair\n\nb"),
        ("<!-- {nobody} knows\n\n -->\n\na <!-- x -->b", {}, "a b"),
        ("{title}", {"title": "{reason}"}, "{reason}"),
        ("{title}", {"title": r"a\1\g<0>"}, r"a\1\g<0>"),
        ("50 { 3", {}, "50 { 3"),
        ("{mine}", {"mine": "x"}, "x"),
        ("", {}, ""),
    ],
)
def test_a_template_is_filled_paragraph_by_paragraph(template, fields, text):
    assert rendered(template, fields) == text


@pytest.mark.parametrize(
    ("template", "name", "line", "column", "fix"),
    [
        ("Hello {requster},", "requster", 1, 7, "Did you mean requester?"),
        ("<!-- a\n{nobody}\n-->\n\na {zzz|b}", "zzz", 5, 3, "There are: requester, title, asked"),
        ("{}", "", 1, 1, "There are: "),
        ("{Your name}", "Your name", 1, 1, ""),
    ],
)
def test_an_unknown_placeholder_is_named_with_its_line(template, name, line, column, fix):
    with pytest.raises(
        MblError, match=re.escape(f"Line {line} of the template: there is no placeholder {{{name}}}.")
    ) as caught:
        rendered(template, {})
    assert caught.value.hint.startswith(fix)
    (problem,) = template_problems("replies/en.md", template)
    assert (problem.path, problem.line, problem.column, problem.level) == (
        "replies/en.md",
        line,
        column,
        "error",
    )
    assert problem.code == "unknown-placeholder"


@pytest.mark.parametrize("language", TEMPLATES)
def test_the_templates_know_their_placeholders_and_say_thanks_outcome_and_date(language):
    assert template_problems(f"replies/{language}.md", TEMPLATES[language]) == ()
    named = set(re.findall(r"\{(\w+)", TEMPLATES[language].partition("-->")[2]))
    assert named == {
        "requester", "asked", "promised", "reason", "audience", "serves", "statement", "outcome", "others", "until", "revisit",
    }  # fmt: skip


def test_what_a_requester_wrote_can_be_kept_from_being_markup():
    text = letter(SERVED, NO, TODAY, template="**{title}** {by}", escape=lambda value: f"<{value}>")
    assert text == "**<Balloon over the motorway>** <cmo>"


def test_whoever_was_told_no_in_between_waits_for_a_reply():
    wish, promise, over, kept, new = item(), item(status="committed"), NO, item(), replace(NO, id="zzzzz")
    before = backlog(wish, promise, over, kept)
    after = backlog(
        replace(wish, status="declined"), replace(promise, status="dropped"), replace(over, title="x"),
        replace(kept, status="done"), new,
    )  # fmt: skip
    assert to_answer(before, after) == (wish.id, promise.id)
    assert to_answer(before, before) == ()


@settings(max_examples=80, deadline=None)
@given(st.text(), st.dictionaries(st.sampled_from(list(PLACEHOLDERS)), st.text(max_size=9)))
def test_any_template_is_rendered_or_refused_and_never_breaks(template, fields):
    problems = template_problems("replies/en.md", template)
    try:
        rendered(template, fields)
    except MblError:
        assert problems
    else:
        assert not problems


AUDIENCES = (
    Audience(id="shippers", name="Shippers (Dock)"),
    Audience(id="dealers"),
    Audience(id="press", name="The press"),
)
TEAMS = {
    "teams/growth.yaml": Team(name="Growth", serves=("shippers",)),
    "teams/brand.yaml": Team(name="Brand & friends", serves=("dealers",)),
}
FOREIGN = (
    ("en", "It is for dealers, and we do not work for them: our work is for Shippers (Dock).", "Who works for dealers: Brand & friends. Please ask there."),
    ("de", "Sie richtet sich an: dealers. Unsere Arbeit gilt anderen: Shippers (Dock).", "Für dealers arbeitet: Brand & friends. Bitte dort nachfragen."),
    ("es", "Está pensada para: dealers. Nosotros trabajamos para: Shippers (Dock).", "Para dealers trabaja: Brand & friends. Allí sabrán ayudar."),
    ("ja", "このご依頼の対象は「dealers」です。私たちが担当しているのは「Shippers (Dock)」です。", "「dealers」はBrand & friendsが担当しています。そちらへご相談いただければ幸いです。"),
)  # fmt: skip


def for_whom(audience, reason=NOT_OURS, team="growth"):
    ended = Ended(date=TODAY, by="cmo", reason=reason)
    no = item(title="Balloon", status="declined", audience=audience, team=team, ended=ended)
    return no, backlog(
        no, teams=TEAMS, settings=Settings(audiences=AUDIENCES), guidepoints=SERVED.guidepoints
    )


@pytest.mark.parametrize(("language", "ours", "others"), FOREIGN)
def test_where_the_audience_is_the_reason_the_reply_says_whom_we_serve_what_is_first_and_who_else_could(
    language, ours, others
):
    no, held = for_whom("dealers")
    lines = letter(held, no, TODAY, template=TEMPLATES[language], language=language).split("\n\n")
    first = next(line for line in lines if "3.0 million of pipeline" in line)
    assert lines.index(ours) < lines.index(first) < lines.index(others)
    assert NOT_OURS not in "".join(lines)


@pytest.mark.parametrize("language", TEMPLATES)
def test_whom_nobody_serves_hears_of_all_our_audiences_and_of_nobody_else(language):
    no, held = for_whom("press")
    said = letter(held, no, TODAY, template=TEMPLATES[language], language=language)
    assert "The press" in said
    assert "Shippers (Dock), dealers" in said
    assert "Brand" not in said


def test_a_template_of_old_gives_the_audience_as_the_reason():
    no, held = for_whom("press")
    said = letter(held, no, TODAY, template="No.\n\nThe reason: {reason}.")
    assert said == "No.\n\nThe reason: it is for The press, and we work for Shippers (Dock), dealers."


@pytest.mark.parametrize(
    ("audience", "reason"), [("dealers", "No room"), ("shippers", NOT_OURS), (None, NOT_OURS)]
)
def test_any_other_no_gives_its_own_reason(audience, reason):
    no, held = for_whom(audience, reason)
    fields = letter_fields(held, no, TODAY)
    assert (fields["reason"], fields["audience"], fields["serves"], fields["others"]) == (reason, "", "", "")
