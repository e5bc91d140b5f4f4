"""Finding and judging returned files, in this process or another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlsxeval.cli.campaigns import context_for
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned
from xlsxeval.rules.engine import Verdict, judge

SKIPPED_PREFIXES = ("~$", ".")


class Judge:
    """Judges one file after another. Only two paths travel to another process; the rest is opened there once."""

    def __init__(self, templates: Path, campaign: Path | None) -> None:
        self.templates = templates
        self.campaign = campaign
        self._context: Context | None = None
        self._layouts = Layouts()

    def __getstate__(self) -> tuple[Path, Path | None]:
        return self.templates, self.campaign

    def __setstate__(self, state: tuple[Path, Path | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def __call__(self, path: Path) -> Verdict:
        if self._context is None:
            self._context = context_for(self.campaign, Library(self.templates))
        return judge(open_returned(path, self._context, self._layouts))


def workbook_paths(paths: Iterable[Path]) -> list[Path]:
    """The files to check: each named file, and of each folder its .xlsx files at any depth, by name.

    Raises UsageError for a path that does not exist and for a folder without any workbook.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                child
                for child in path.rglob("*")
                if child.suffix.lower() == ".xlsx" and not child.name.startswith(SKIPPED_PREFIXES) and child.is_file()
            )
            if not inside:
                raise UsageError(f"文件夹 {path} 里没有 .xlsx 文件。请检查路径。")
            found += inside
        elif path.exists() or path.is_symlink():
            found.append(path)
        else:
            raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    return list(dict.fromkeys(found))
