"""The one table of column names that are understood without being told, in four languages.

Names that could mean two things ("Date", "Who", "Start") are left out on purpose: the user says what they are.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from mbl.importers.words import plain, spellings, unit

FIELDS = {
    "title": """Title | Task | Item | Request | What | Deliverable | Subject | Summary | Headline | Name | Topic | Work item
        Activity | Initiative | Work | Task name | Item name
        Titel | Aufgabe | Thema | Was | Wunsch | Anliegen | Maßnahme | Bezeichnung | Vorhaben | Betreff | Anfrage | Arbeit
        Título | Tarea | Petición | Solicitud | Qué | Asunto | Nombre | Actividad | Pedido | Entregable | Tema | Trabajo
        タイトル | 件名 | 題名 | 依頼 | 依頼内容 | タスク | タスク名 | 施策 | 施策名 | 項目 | 案件 | 案件名 | 作業 | 作業内容 | 名称""",
    "requester": """Requester | Requestor | Requested by | Asked by | Request from | Who asks | Who asked | Stakeholder
        Sponsor | Client | Asker
        Anforderer | Anfordernde | Anforderin | Auftraggeber | Auftraggeberin | Besteller | Angefragt von | Anfrage von
        Wunsch von | Gewünscht von | Wer fragt | Wer fragt an | Wer will es | Antragsteller | Fachbereich | Anfragende
        Anfragender | Auftrag von
        Solicitante | Solicitado por | Pedido por | Quién lo pide | Quién pide | Cliente | Peticionario | Pide | De parte de
        依頼者 | 依頼元 | 依頼主 | 依頼人 | 依頼部署 | 要望者 | 申請者 | 発注者 | リクエスト元 | リクエスト者""",
    "estimate": """Estimate | Estimated | Estimated effort | Effort | Estimation | Workload | Size | T-shirt size | Estimated work
        Days | Person days | Man days | Hours | Points | Story points | SP
        Aufwand | Schätzung | Geschätzt | Geschätzter Aufwand | Aufwandsschätzung | Umfang | Größe | Tage | PT | Personentage
        Stunden | Punkte | Story-Punkte
        Esfuerzo | Estimación | Estimado | Esfuerzo estimado | Tamaño | Carga | Carga de trabajo | Días | Días persona | Horas
        Puntos | Puntos de historia
        工数 | 見積 | 見積もり | 見積り | 見積工数 | 想定工数 | 予定工数 | 作業量 | 規模 | サイズ | 人日 | ポイント
        ストーリーポイント""",
    "remaining": """Remaining | Remaining effort | Effort left | Left | Still to do
        Rest | Restaufwand | Verbleibend | Verbleibender Aufwand
        Restante | Esfuerzo restante | Falta
        残り | 残 | 残工数 | 残作業 | 残り工数""",
    "type": """Type | Kind | Format | Deliverable type | Asset type | Asset
        Typ | Art | Medienart | Art der Maßnahme
        Tipo | Formato | Tipo de entregable
        種類 | 種別 | タイプ | 形式 | 制作物""",
    "outcomes": """Outcome | Outcomes | Goal | Goals | Objective | Objectives | OKR | Serves
        Ziel | Ziele | Wirkung | Ergebnis | Ergebnisse | Zielbeitrag
        Objetivo | Objetivos | Resultado | Resultados | Meta
        成果 | 目的 | 目標 | ゴール | 狙い | アウトカム""",
    "how": """How | Why | Rationale | Hypothesis | Because
        Wie | Warum | Begründung | Nutzen | Hypothese
        Cómo | Por qué | Justificación | Hipótesis
        どのように | なぜ | 仮説 | 根拠 | 効果""",
    "team": """Team | Squad
        Zuständiges Team
        Equipo | Equipo responsable
        チーム | 担当チーム | 担当部署""",
    "owner": """Owner | Assignee | Assigned to | Responsible | Responsible person | Lead | DRI | PIC
        Verantwortlich | Verantwortliche | Verantwortlicher | Zuständig | Bearbeiter | Bearbeiterin | Zugewiesen an
        Responsable | Asignado a | Asignada a | Encargado | Encargada | Dueño
        担当 | 担当者 | 主担当 | 責任者 | オーナー""",
    "audience": """Audience | Target audience | Target group | Segment | Persona | Customer group
        Zielgruppe | Kundengruppe
        Audiencia | Público | Público objetivo | Segmento
        対象 | 対象者 | ターゲット | 顧客層 | オーディエンス""",
    "channel": """Channel | Medium
        Kanal
        Canal | Medio
        チャネル | チャンネル | 媒体""",
    "due": """Due | Due date | Due on | Due by | Deadline | Needed by | By when | Target date | Delivery date
        Fällig | Fällig am | Fällig bis | Fälligkeit | Termin | Frist | Bis | Bis wann | Abgabe | Abgabetermin | Liefertermin
        Zieltermin | Wunschtermin | Abgabedatum | Fälligkeitsdatum
        Fecha límite | Fecha de entrega | Entrega | Vencimiento | Plazo | Para cuándo | Fecha tope
        期限 | 締切 | 締め切り | 締切日 | 納期 | 期日 | 希望納期 | 完了予定日""",
    "requested": """Requested | Requested on | Request date | Date requested | Asked on | Created | Created on | Created at
        Received | Received on | Submitted on | Date of request
        Angefragt | Angefragt am | Anfragedatum | Anfrage am | Anfrage vom | Eingang | Eingangsdatum | Eingegangen am | Erstellt
        Erstellt am | Wunsch vom
        Solicitado | Solicitado el | Fecha de solicitud | Fecha de petición | Fecha solicitud | Creado | Creado el | Recibido
        Recibido el | Pedido el
        依頼日 | 申請日 | 受付日 | 登録日 | 作成日 | 起票日 | 要望日""",
    "accepted": """Accepted | Accepted on | Promised | Promised on | Committed | Committed on | Date accepted | Approved on
        Zugesagt | Zugesagt am | Zusage | Zusage am | Angenommen am | Beauftragt am | Genehmigt am | Versprochen am
        Aceptado | Aceptado el | Comprometido el | Prometido | Prometido el | Fecha de aceptación | Aprobado el
        承認日 | 約束日 | 確定日 | 受注日 | 承諾日""",
    "started": """Started | Started on | Date started | Actual start
        Begonnen | Begonnen am | Gestartet | Gestartet am | Angefangen am
        Empezado | Empezado el | Iniciado | Iniciado el | Inicio real
        着手日 | 作業開始日 | 開始実績""",
    "ended": """Ended | Ended on | Finished on | Completed on | Completion date | Done on | Closed on | Date done | Date completed
        Erledigt am | Fertig am | Abgeschlossen am | Beendet am | Erledigungsdatum | Fertiggestellt am
        Terminado el | Finalizado el | Completado el | Hecho el | Cerrado el | Fecha de cierre
        完了日 | 終了日 | 完了実績""",
    "status": """Status | State
        Zustand | Stand | Bearbeitungsstand
        Estado | Situación | Estatus
        状態 | ステータス | 状況 | 進捗状況""",
    "moscow": """MoSCoW | Bucket | Must should could | MoSCoW priority
        MoSCoW Priorität | Muss soll kann
        Prioridad MoSCoW | Debe debería podría
        MoSCoW分類 | バケット""",
    "labels": """Labels | Label | Tags | Tag | Keywords | Category
        Schlagwort | Schlagworte | Schlagwörter | Stichwort | Stichworte | Etiketten | Kategorie
        Etiqueta | Etiquetas | Categoría
        ラベル | タグ | カテゴリ | カテゴリー | 分類""",
    "links": """Links | Link | URL | URLs
        Verweis | Verweise
        Enlace | Enlaces | Vínculo | Vínculos
        リンク | 参照 | 参考リンク""",
    "description": """Description | Details | Detail | Notes | Note | Comment | Comments | Brief | Remarks
        Beschreibung | Notiz | Notizen | Anmerkung | Anmerkungen | Bemerkung | Bemerkungen | Kommentar | Kommentare | Hinweise
        Descripción | Nota | Notas | Comentario | Comentarios | Detalle | Detalles | Observaciones
        説明 | 備考 | 詳細 | コメント | メモ | 概要 | 内容""",
    "reason": """Reason | Reason for decline
        Grund | Ablehnungsgrund
        Motivo | Razón
        理由 | 却下理由""",
    "id": "ID | mbl id",
    "key": """Key | Ref | Reference | Ticket | Ticket ID | Ticket no | Ticket number | No | Number | Num | Issue | Issue key | # | Row
        Nr | Nummer | Lfd. Nr. | Laufende Nummer | Referenz | Kennung | Vorgang | Vorgangsnummer | Ticketnummer | Schlüssel
        Número | Núm | N° | Clave | Referencia
        番号 | 管理番号 | 通番 | 項番 | キー | チケット | チケット番号 | 整理番号""",
}

# A priority is a MoSCoW bucket only if its values are (high, medium, low are something else).
_MAYBE = {
    "moscow": """Priority | Prio | Importance
        Priorität | Wichtigkeit
        Prioridad | Importancia
        優先度 | 優先順位 | 重要度"""
}

EFFORTS = frozenset({"estimate", "remaining"})
DATES = frozenset({"due", "requested", "accepted", "started", "ended"})
ORDERS = ("dmy", "mdy", "ymd")

_SURE = spellings(FIELDS)
_UNSURE = spellings(_MAYBE)
_BRACKETS = re.compile(r"(?s)(.*\S)\s*[(\[{]\s*([^()\[\]{}]+?)\s*[)\]}]\s*")
_LETTERS = {"d": "d", "t": "d", "m": "m", "y": "y", "j": "y", "a": "y"}
_LONGEST = 80


class Known(NamedTuple):
    """What a header means: a field, and the unit of its numbers or the order of its dates. `said`: by the user."""

    field: str
    form: str = ""
    sure: bool = True
    said: bool = False


@lru_cache(maxsize=8192)
def recognised(header: str) -> Known | None:
    """The field that a header names, alone or with a unit: "Aufwand (Tage)", "Estimate days"; else None."""
    if len(header) > _LONGEST:
        return None
    whole = plain(header)
    name, note = without_note(header)
    if whole in _SURE:
        return Known(_SURE[whole], form(_SURE[whole], header))
    if name in _SURE:
        return Known(_SURE[name], form(_SURE[name], note))
    if whole in _UNSURE or name in _UNSURE:
        return Known(_UNSURE.get(whole) or _UNSURE[name], sure=False)
    words = re.split(r"[\s_/]+", header.strip())
    return _with_unit(words, 2) or _with_unit(words, 1)


def without_note(header: str) -> tuple[str, str]:
    """The header's plain name, and what stands in the brackets behind it ("" without brackets)."""
    parts = _BRACKETS.fullmatch(unicodedata.normalize("NFKC", header)) if len(header) <= _LONGEST else None
    return (plain(parts[1]), parts[2]) if parts else (plain(header), "")


def form(field: str, note: str) -> str:
    """What the note says of the field's values: the unit of an effort, the order of a date; else ""."""
    if field in EFFORTS:
        return unit(note)
    order = "".join(_LETTERS.get(word[0], "?") for word in plain(note).split())
    return order if field in DATES and order in ORDERS else ""


def _with_unit(words: list[str], length: int) -> Known | None:
    stated = unit(" ".join(words[-length:]))
    name = plain(" ".join(words[:-length]))
    field = _SURE.get(name) or _SURE.get(name.removesuffix(" in").removesuffix(" en"), "")
    return Known(field, stated) if stated and field in EFFORTS else None
