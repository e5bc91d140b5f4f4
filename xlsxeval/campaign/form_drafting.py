"""Forms in the making: a folder with the originals, the answers given so far and the edition drafted from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.drafted_edition import DraftedEdition, draft_edition, write_edition
from xlsxeval.campaign.faults import edition_faults
from xlsxeval.campaign.files import file_name, write_file
from xlsxeval.campaign.source import is_campaign
from xlsxeval.errors import DefinitionError, Problem, UsageError
from xlsxeval.forms.library import Library
from xlsxeval.resources import OWN_FORMS
from xlsxeval.workers.pool import each
from xlsxeval.workers.protocol import Bounds, Lost

if TYPE_CHECKING:
    from xlsxeval.workers.shared import SharedWorkers

_STATE = "起草.json"
_ORIGINALS = "原件"
_SECONDS, _MEMORY = 120, 1536 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FormDrafting:
    """The state of a draft. ``forms`` and ``report`` are names of the originals; ``answers`` are by form and question."""

    folder: Path
    edition: str
    department: str
    year: int
    forms: tuple[str, ...]
    report: str = ""
    answers: Mapping[str, Mapping[str, str]] | None = None

    @property
    def own(self) -> Path:
        """The folder of own forms."""
        return self.folder / OWN_FORMS

    def original(self, name: str) -> Path:
        return self.own / _ORIGINALS / name


@dataclass(frozen=True, slots=True)
class _Drafter:
    """Drafts in a worker: official forms come from anywhere."""

    library: Library

    @property
    def bounds(self) -> Bounds:
        return Bounds(_SECONDS, _MEMORY)

    def __call__(self, drafting: FormDrafting) -> DraftedEdition:
        report = drafting.original(drafting.report) if drafting.report else None
        forms = [drafting.original(name) for name in drafting.forms]
        try:
            return draft_edition(forms, drafting.edition, self.library, answers=drafting.answers, report=report)
        except DefinitionError as error:  # as one text: errors travel between processes by their message
            raise UsageError("；".join(f"{Path(one.file).name}：{one.message}" for one in error.problems[:5])) from None

    def lost(self, item: FormDrafting, lost: Lost) -> DraftedEdition:
        raise UsageError(f"{'、'.join(item.forms)} 读不了：{lost.detail}。请打开后另存为新的 .xlsx 或 .docx 再试。")


def begin_drafting(
    folder: Path, edition: str, department: str, year: int, forms: Mapping[str, bytes], report: tuple[str, bytes] | None
) -> FormDrafting:
    """Keeps the originals of a new draft in a folder. Raises UsageError where the folder has anything in it."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} 里已经有东西。请换一个名字。")
    named = {file_name(name): data for name, data in forms.items()}
    last = (file_name(report[0]), report[1]) if report else None
    drafting = FormDrafting(folder, edition, department, year, tuple(named), last[0] if last else "", {})
    for name, data in (*named.items(), *([last] if last else [])):
        write_file(drafting.original(name), data)
    _keep(drafting)
    return drafting


def drafting_in(folder: Path) -> FormDrafting | None:
    """The draft in a folder; None where there is none."""
    try:
        data = json.loads((folder / OWN_FORMS / _STATE).read_text(encoding="utf-8"))
        return FormDrafting(folder, **{**data, "forms": tuple(data["forms"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def unfinished(home: Path) -> list[FormDrafting]:
    """The drafts below a folder of which no campaign was made yet."""
    folders = sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []
    found = [drafting_in(folder) for folder in folders if not is_campaign(folder)]
    return [one for one in found if one is not None]


def answered(drafting: FormDrafting, answers: Mapping[str, Mapping[str, str]]) -> FormDrafting:
    """The draft with more answers. Raises UsageError once a campaign has been made of it."""
    if is_campaign(drafting.folder):
        raise UsageError(
            "任务已经建立，表样不能在这里改了。要改的，改任务文件夹“表样”里的文件，或者由空白表另建一个任务。"
        )
    kept = dict(drafting.answers or {})
    for form, given in answers.items():
        kept[form] = {**kept.get(form, {}), **given}
    changed = replace(drafting, answers=kept)
    _keep(changed)
    return changed


def redraft(
    drafting: FormDrafting, library: Library, front: SharedWorkers | None, *, write: bool = True
) -> tuple[DraftedEdition, list[Problem]]:
    """Drafts the edition anew and, with ``write``, writes it beside the originals; with it comes what ``lint`` finds there.

    Raises UsageError and DefinitionError as :func:`draft_edition` does.
    """
    (drafted,) = each(_Drafter(library), [drafting], 1 if front is None else front)
    if write:
        return drafted, write_edition(drafted, drafting.own, force=True)
    return drafted, edition_faults(drafted.name, Library(drafting.own))


def drop(drafting: FormDrafting) -> None:
    """Deletes a draft with its originals, and its folder where nothing else is in it."""
    if not is_campaign(drafting.folder):
        shutil.rmtree(drafting.own, ignore_errors=True)
        with suppress(OSError):
            drafting.folder.rmdir()


def _keep(drafting: FormDrafting) -> None:
    data = {key: value for key, value in asdict(drafting).items() if key != "folder"}
    text = json.dumps(data, ensure_ascii=False, indent=1, default=list)
    write_file(drafting.own / _STATE, text.encode("utf-8"))
