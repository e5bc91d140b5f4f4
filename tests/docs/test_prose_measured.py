"""docs/internals/prose-measured.md says what the tables and the samples give."""

from tools.prose_doc import TARGET, render


def test_the_page_is_current() -> None:
    """Takes some seconds: the reports of all samples are made for it."""
    assert TARGET.read_text(encoding="utf-8") == render(), "run: python tools/prose_doc.py"
