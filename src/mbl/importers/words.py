"""The words that people write in the cells of their lists: English, German, Spanish and Japanese.

Only whole words of these tables are understood. A guess would change what was promised, so there is none.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['\u2019`\u00b4]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text without case, accents and punctuation: what words are compared by. Never empty for a visible text."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", _APOSTROPHES.sub("", folded)))
    return _NOT_LETTERS.sub(" ", unicodedata.normalize("NFC", bare)).strip() or text.strip()


def spellings(table: Mapping[str, str]) -> dict[str, str]:
    """`{plain word: key}` of a table `{key: "word | word"}`; ä is also understood as ae."""
    return {
        plain(spelling): key
        for key, words in table.items()
        for word in re.split(r"[|\n]", words)
        for spelling in (word, word.translate(_UMLAUTS))
        if word.strip()
    }


# "open" says that the work is not finished, not that it was promised: the import decides (`--as`).
STATUS = {
    "": """Open | To do | Todo | Not started | Backlog | On hold | Blocked | Waiting | Paused | Pending
        Offen | Zu tun | Nicht begonnen | Wartet | Pausiert | Blockiert
        Abierto | Abierta | Por hacer | Pendiente | Sin empezar | En espera | Bloqueado | Bloqueada
        未着手 | 未対応 | 未完了 | 保留 | 保留中 | 待ち | オープン""",
    "request": """Request | Requested | New | Idea | Proposed | Proposal | Submitted | Wish
        Anfrage | Angefragt | Neu | Idee | Vorschlag | Vorgeschlagen | Eingegangen | Wunsch | Gewünscht
        Solicitud | Solicitado | Solicitada | Nuevo | Nueva | Propuesto | Propuesta | Petición | Pedido
        依頼 | 依頼中 | 要望 | 新規 | 提案 | 提案中 | 検討中 | アイデア | 申請中 | リクエスト""",
    "committed": """Committed | Accepted | Approved | Planned | Promised | Scheduled | Agreed | Ready
        Zugesagt | Angenommen | Freigegeben | Geplant | Eingeplant | Beauftragt | Genehmigt | Versprochen | Vereinbart
        Comprometido | Comprometida | Aceptado | Aceptada | Aprobado | Aprobada | Planificado | Planificada
        Planeado | Planeada | Prometido | Prometida | Acordado | Acordada
        確定 | 承認 | 承認済 | 承認済み | 計画済 | 計画済み | 予定 | 約束 | 約束済み | 決定 | 受注 | 受諾""",
    "doing": """Doing | In progress | WIP | Started | Active | Ongoing | In work | In review | Review | Working on it
        In Arbeit | In Bearbeitung | Läuft | Begonnen | Gestartet | Angefangen | Laufend | In Umsetzung | In Prüfung
        En curso | En progreso | En proceso | En marcha | Haciendo | Empezado | Empezada | Iniciado | Iniciada
        En revisión | En ejecución
        進行中 | 作業中 | 着手 | 着手中 | 着手済み | 対応中 | 実施中 | 制作中 | 確認中 | 仕掛中 | 仕掛り""",
    "done": """Done | Finished | Completed | Complete | Closed | Shipped | Live | Published | Delivered | Launched
        Erledigt | Fertig | Abgeschlossen | Beendet | Veröffentlicht | Geliefert | Fertiggestellt | Geschlossen
        Hecho | Hecha | Terminado | Terminada | Completado | Completada | Finalizado | Finalizada | Listo | Lista
        Publicado | Publicada | Cerrado | Cerrada | Entregado | Entregada
        完了 | 完了済み | 済 | 済み | 終了 | 公開済み | 納品済み | 完成 | 対応済み | クローズ
        ✓ | ✔ | ☑ | ✅""",
    "declined": """Declined | Rejected | Refused | Denied
        Abgelehnt | Zurückgewiesen
        Rechazado | Rechazada | Denegado | Denegada
        却下 | 不採用 | 見送り | 拒否 | 否認""",
    "dropped": """Dropped | Cancelled | Canceled | Obsolete | Abandoned | Discarded
        Gestrichen | Abgebrochen | Verworfen | Storniert | Entfallen | Entfällt | Hinfällig
        Cancelado | Cancelada | Descartado | Descartada | Anulado | Anulada | Abandonado | Abandonada
        中止 | 取消 | 取り消し | キャンセル | 廃止 | 破棄""",
}

# Machines translate "should have" as a missed chance ("すべきだった"); those sheets exist.
MOSCOW = {
    "must": """Must | Must have | M | Mandatory
        Muss | Muss haben | Pflicht | Zwingend | Muss sein
        Debe | Debe tener | Debe haber | Obligatorio | Obligatoria | Imprescindible | Tiene que
        必須 | マスト | 絶対 | 絶対必要 | しなければならない | しなければならなかった | 持たなければならない | 必要""",
    "should": """Should | Should have | S
        Soll | Sollte | Sollte haben | Soll haben | Hätte sollen | Sollte sein
        Debería | Debería tener | Debería haber | Debería haber tenido | Importante
        すべき | すべきだった | べき | 持つべき | 持つべきだった | 推奨 | 重要 | シュッド""",
    "could": """Could | Could have | C | Nice to have
        Kann | Könnte | Könnte haben | Kann haben | Hätte können | Wäre schön
        Podría | Podría tener | Podría haber | Podría haber tenido | Puede | Deseable
        できれば | あったかもしれない | かもしれない | 持つかもしれない | 可能なら | 可能であれば | 任意 | あれば良い | あるとよい
        できた | クッド""",
    "wont": """Wont | Won't have | Won't do | Will not | Will not have | Would | Would have | W | Not this time | Not now
        Won't have this time
        Wird nicht | Nicht | Diesmal nicht | Nicht diesmal | Dieses Mal nicht | Nicht jetzt | Wird es nicht geben
        No | No tendrá | No habrá | No esta vez | Esta vez no | No se hará | No hacer | Ahora no
        しない | やらない | 今回はしない | 今回は見送り | 今回はやらない | 対象外 | 不要 | 持たない | ないだろう | ウォント""",
}

UNITS = {
    "d": """d | Day | Days | Person day | Person days | Man day | Man days | MD | PD | Work days | Working days
        Tag | Tage | Tagen | t | Personentag | Personentage | Personentagen | Manntag | Manntage | Arbeitstage
        Personen Tage | AT
        Día | Días | Día persona | Días persona | Persona día | Jornada | Jornadas | Días hábiles
        日 | 人日 | 日間 | 営業日""",
    "h": """h | hr | hrs | Hour | Hours | Person hours | Man hours
        Std | Stunde | Stunden | Personenstunden
        Hora | Horas | hs
        時間 | 人時 | 時""",
    "w": """w | wk | wks | Week | Weeks | Person weeks
        Woche | Wochen | Wo | Personenwochen
        Semana | Semanas | sem
        週 | 週間 | 人週""",
    "p": """p | SP | Point | Points | Story point | Story points | Storypoints | pts
        Punkt | Punkte | Punkten
        Punto | Puntos | Puntos de historia
        ポイント | ストーリーポイント""",
}

SIZES = {
    "XS": "XS | Extra small | Tiny | Sehr klein",
    "S": "S | Small | Klein | Pequeño | Pequeña | 小",
    "M": "M | Medium | Mittel | Mediano | Mediana | 中",
    "L": "L | Large | Groß | Grande | 大",
    "XL": "XL | Extra large | Sehr groß | Muy grande | 特大",
    "XXS": "XXS",
    "XXL": "XXL",
    "XXXL": "XXXL",
}

_NOTHING = spellings(
    {
        "": """tbd | tba | tbc | n/a | na | none | unknown | unclear | open | not estimated | not yet | later | to do | asap
        unklar | offen | unbekannt | keine | keins | noch offen | k. A. | später | nach Absprache | sofort | nicht geschätzt
        so bald wie möglich | schnellstmöglich | egal
        por definir | pendiente | sin estimar | desconocido | ninguno | ninguna | sin fecha | urgente | cuanto antes | s/d
        未定 | 不明 | なし | 無し | 未見積 | 未見積もり | 至急 | 随時 | 要相談 | 調整中"""
    }
)

_TOTAL = spellings(
    {
        "total": """Total | Totals | Subtotal | Sum | Grand total | Sub total
        Summe | Gesamt | Gesamtsumme | Zwischensumme | Insgesamt | Gesamtaufwand | Summen
        Suma | Total general | Totales
        合計 | 総計 | 小計 | 計 | 総合計 | 合計工数""",
        "filler": """Effort | Estimate | Aufwand | Esfuerzo | 工数 | Grand | Sub | General | Overall | of | in | de | en""",
    }
)

_UNIT_OF = spellings(UNITS)
_VALUES = {"status": spellings(STATUS), "moscow": spellings(MOSCOW)}


def unit(text: str) -> str:
    """`d`, `h`, `w`, `p` (points), or nothing if these words are no unit. "PT" are person-days; "pt" could also be points."""
    if text.strip(" .") == "PT":
        return "d"
    return _UNIT_OF.get(plain(text), "")


def translated(field: str, text: str) -> str | None:
    """The value of `status` or `moscow` that the words mean; None if they are unknown, "" if they leave it open."""
    words = plain(text)
    known = _VALUES[field]
    if words in known:
        return known[words]
    return known.get(" ".join(word for word in words.split() if len(word) > 1 and not word.isdigit()))


def says_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing to say yet: "?", "-", "tbd", "未定"."""
    words = plain(text)
    return words in _NOTHING or not any(letter.isalnum() for letter in words)


def is_total(text: str) -> bool:
    """Whether the words head a line of sums: "Total", "Summe (PT)", "合計"."""
    words = plain(text)
    kinds = {_TOTAL.get(word) or ("filler" if _is_amount(word) else "") for word in words.split()}
    return _TOTAL.get(words) == "total" or ("total" in kinds and "" not in kinds)


def _is_amount(word: str) -> bool:
    return word.isdigit() or word in _UNIT_OF or word == "pt"
