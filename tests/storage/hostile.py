"""Texts that break programs: what a title may hold, and what must come back from a file as it went in."""

from hypothesis import strategies as st

TEXTS = (
    "\x1b[31mred\x1b[0m", "[red]bold[/red]", "one\rtwo", "one\r\ntwo", "\u202eright to left\u202c", "رحلة", "🚀 launch 🧑‍🚀",
    "-leading", "- leading", "=cmd()|' /C calc'!A0", "x" * 5000, "word " * 1000, "no", "NO", "on", "yes", "true", "012",
    "0x1F", "1_000", "1:30", "1e5", ".inf", "~", "null", "Null", "# comment", "a # b", "a #b", "a: b", "a:", ": ", "key: {x}",
    "'single'", '"double"', "it's", 'say "hi"', "\\n", "\u0085", "a\u0085b", "a\u2028b", "a\u2029b", " leading", "trailing ",
    "\ttab", "a\tb", "tab\t", "{", "}", "[", "]", "{a: 1}", "[a, b]", ",", "a, b", "&anchor", "*alias", "!tag", "%", "@", "`", "|", ">",
    "?", "? a", "...", "---", "--- a", "<<", "=", "../../etc/passwd", "2026-11-30", "first\nsecond", "first\nsecond\n",
    "first\n\nthird\n\n\n", "\nstarts empty", "  indented\nsecond", "a  \nb", "a\n  b\n c", "a\n\tb", "a\n# b\nc: d", "\x07\x7f\x9f",
    "\ufeffbom", "a\ufeffb", "\ufffd\ufffe", "日本語のタイトル", "é e\u0301", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b", "\x00", "",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any text that can be written as UTF-8; the known troublemakers often."""
    some = st.text(st.characters(codec="utf-8"), max_size=30)
    lines = st.lists(st.text("ab \t#:-'\"", max_size=6), min_size=2, max_size=4).map("\n".join)
    return st.sampled_from(TEXTS) | some | lines
