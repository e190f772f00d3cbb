"""What was begun here and not ended, at a glance: bare `mbl` must not wait for a workshop to be read in full."""

from datetime import date

from mbl.session.place import Place


def workshop_since(at: Place) -> date | None:
    """The day on which the workshop began that has not ended; None if there is none, or none that can be read."""
    path = at.state and at.state / "workshop"
    if not path or not path.exists():
        return None
    import json

    try:
        noted = json.loads(path.read_bytes())
        return None if noted.get("ended") else date.fromisoformat(noted["begun"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
