"""The statement that each format of ``check`` makes of itself, and its sources besides the verdicts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.forms.library import Library
from xlsxeval.output.characters import utf8
from xlsxeval.output.drawn_return import DrawnReturn
from xlsxeval.resources import page_templates
from xlsxeval.rules.catalogue import RulePage, catalogue
from xlsxeval.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class OutputSources:
    """The templates of a run and its day. A format reads from them only what it shows."""

    templates: Library
    day: dt.date
    drawn: Callable[[Verdict], DrawnReturn | None] = lambda verdict: None
    """Draws a file that was judged; None where it cannot be drawn."""

    @property
    def page_folder(self) -> Path:
        """The folder with the templates of HTML pages."""
        return page_templates(self.templates.directory)

    def rule_pages(self, verdicts: Iterable[Verdict]) -> Mapping[str, RulePage]:
        """The pages of the rules that the files of these verdicts were held against."""
        used = {verdict.subject.edition for verdict in verdicts if verdict.subject is not None}
        return catalogue(self.templates, sorted(used & set(self.templates.editions())))


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A format of ``check --format``. Each module of ``xlsxeval.output.formats`` states one as its ``FORMAT``."""

    name: str
    order: int
    """The place in the list of formats; the first one is used where neither a format nor a known suffix is given."""
    begins: str
    """A pattern of how its outputs begin: a file that begins otherwise is no earlier output and is not overwritten."""
    write: Callable[[Sequence[Verdict], OutputSources], str | Iterator[str]]
    """Returns the output as one document, or piece by piece so that memory does not grow with the verdicts."""
    suffixes: tuple[str, ...] = ()
    """Suffixes of file names that choose this format, the usual one first."""
    title: str = ""
    """A Chinese clause for help, with ``{names}`` for all formats that share it; empty where help does not mention it."""
    byte_order_mark: bool = False
    """Whether its files begin with the mark by which Windows recognises UTF-8."""

    def render(self, verdicts: Sequence[Verdict], sources: OutputSources) -> Iterable[str]:
        """Writes verdicts in this format: as pieces, of which a document is a single one."""
        made = self.write(verdicts, sources)
        return [made] if isinstance(made, str) else made

    def encoded(self, pieces: Iterable[str]) -> Iterator[bytes]:
        """Yields the bytes of a file with these pieces."""
        if self.byte_order_mark:
            yield utf8("\ufeff")
        yield from map(utf8, pieces)

    def wrote(self, beginning: bytes) -> bool:
        """Whether a file with this beginning (4096 bytes are enough) is an earlier output of this format."""
        return re.match(self.begins, beginning.decode("utf-8", "replace")) is not None
