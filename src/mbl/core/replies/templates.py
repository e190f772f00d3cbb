"""The replies that a new backlog begins with: a kind no in four languages, and how each language writes a day.

A template is Markdown; the team words it anew in replies/<language>.md, and a fifth language is one more file.
"""

from collections.abc import Callable, Mapping
from datetime import date

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}

DAYS: Mapping[str, Callable[[date], str]] = {
    "en": lambda day: f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}",
    "de": lambda day: f"{day.day}. {_MONTHS['de'][day.month - 1]} {day.year}",
    "es": lambda day: f"{day.day} de {_MONTHS['es'][day.month - 1]} de {day.year}",
    "ja": lambda day: f"{day.year}年{day.month}月{day.day}日",
}
"""A day in words; other languages write 2026-12-31."""

_EN = """\
<!-- The reply to somebody whose request we do not do. Reword it as you like.
In {braces} stands what mbl fills in; a paragraph that lacks its value is left out. -->

Hello {requester|there},

Thank you for asking us for “{asked}”. We will not do it this time.

We promised you “{promised}”, and we will not do it after all. We are sorry.

The reason: {reason}.

It is for {audience}, and we do not work for them: our work is for {serves}.

Until {until} we work for one thing: {statement}.

What comes first: {outcome}.

Who works for {audience}: {others}. Please ask there.

What would change our answer: tell us which number your request would move, from what to what, and by when. Then we will gladly look at it anew.

We will look at it again ourselves on {revisit}.

Kind regards from your marketing team
"""

_DE = """\
<!-- Die Antwort an jemanden, dessen Anfrage wir nicht umsetzen. Bitte gern umformulieren.
In {Klammern} steht, was mbl einsetzt; ein Absatz, zu dem die Angabe fehlt, entfällt. -->

Hallo {requester|zusammen},

vielen Dank für die Anfrage „{asked}“. Wir können sie dieses Mal leider nicht umsetzen.

wir hatten „{promised}“ zugesagt und werden es nun doch nicht umsetzen. Das tut uns leid.

Der Grund: {reason}.

Sie richtet sich an: {audience}. Unsere Arbeit gilt anderen: {serves}.

Bis zum {until} arbeiten wir auf ein Ziel hin: {statement}.

An erster Stelle steht dabei: {outcome}.

Für {audience} arbeitet: {others}. Bitte dort nachfragen.

Unsere Antwort kann sich ändern, wenn wir wissen, welche Zahl die Anfrage bewegt, von welchem Wert auf welchen und bis wann. Dann sehen wir sie uns gern noch einmal an.

Von uns aus kommen wir am {revisit} darauf zurück.

Herzliche Grüße aus dem Marketing
"""

_ES = """\
<!-- La respuesta a quien nos pidió algo que no vamos a hacer. El texto se puede cambiar libremente.
Entre {llaves} está lo que completa mbl; un párrafo al que le falte su dato se omite. -->

Hola, {requester|equipo}:

Muchas gracias por la petición «{asked}». Esta vez no podremos llevarla a cabo.

Nos habíamos comprometido a hacer «{promised}» y al final no podrá ser. Lo sentimos.

El motivo: {reason}.

Está pensada para: {audience}. Nosotros trabajamos para: {serves}.

Hasta el {until} trabajamos con un único objetivo: {statement}.

Lo primero es esto: {outcome}.

Para {audience} trabaja: {others}. Allí sabrán ayudar.

¿Qué cambiaría nuestra respuesta? Saber qué cifra movería la petición, de cuánto a cuánto y para cuándo. Con ese dato la volveremos a estudiar con mucho gusto.

Por nuestra parte, la revisaremos de nuevo el {revisit}.

Un saludo cordial del equipo de marketing
"""

_JA = """\
<!-- 今回は対応しないご依頼への返信です。自由に書き換えてください。
{波かっこ}の中には mbl が値を入れます。値がない段落は省かれます。 -->

{requester|ご担当者}様

「{asked}」のご依頼をいただき、ありがとうございます。申し訳ございませんが、今回は見送らせていただきます。

お約束していた「{promised}」は、実施を見送ることになりました。誠に申し訳ございません。

理由は次のとおりです。{reason}。

このご依頼の対象は「{audience}」です。私たちが担当しているのは「{serves}」です。

{until}までは、次の目標に集中しています。「{statement}」

その中で最も優先しているのは「{outcome}」です。

「{audience}」は{others}が担当しています。そちらへご相談いただければ幸いです。

このご依頼によって、どの数字が、いつまでに、いくつからいくつへ変わるのかをお知らせいただければ、喜んで改めて検討いたします。

{revisit}に、こちらでももう一度見直します。

どうぞよろしくお願いいたします。

マーケティングチーム
"""

TEMPLATES: Mapping[str, str] = {"en": _EN, "de": _DE, "es": _ES, "ja": _JA}
"""The first template of each language, by its two letters."""
