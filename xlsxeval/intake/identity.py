"""Whose workbook is it: read from the seal, never from the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from xlsxeval.errors import DefinitionError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.answer_mark import read_answer
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import ANSWER_COLUMN, PROPERTY, SEAL_SHEET, Seal, make_seal, read_seal
from xlsxeval.forms.settings import Settings
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.intake.record import Records
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.sent_forms import SentForms
from xlsxeval.layout.kept import KeptFormError, read_form, shape_digest_of
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.model import Address, Fault


@dataclass(frozen=True, slots=True)
class Context:
    """What the files are held against: the library of editions and, where one was named, the campaign and its key.

    ``last_year`` is what the units put on record the year before, where the campaign names that year's; ``sent`` are the
    forms that the campaign sent out.
    """

    library: Library
    campaign: Campaign | None = None
    key: bytes | None = None
    last_year: Records | None = None
    sent: SentForms | None = None


class FormOrigin(Enum):
    """Where the layout comes from that a file is held against."""

    KEPT = auto()
    """It is the form that was sent, kept by the campaign."""
    SAME = auto()
    """This program laid it out, as the one that sent it did, as far as anyone can tell."""
    OTHER = auto()
    """This program laid it out, otherwise than the one that sent it: what programs add to a form by themselves (自查,
    helper columns, number formats) says nothing of the file."""


@dataclass(frozen=True, slots=True)
class Identity:
    """``seal_state``: ``verified``; ``unchecked`` (no campaign named); ``no-key`` (it has none here); ``broken``.

    ``settings`` are what edition and campaign make of the rules: the campaign's present word where it is at hand, else
    that in the seal.
    """

    seal: Seal
    layout: Layout
    seal_state: str
    faults: tuple[Fault, ...]
    settings: Settings = field(default_factory=dict)
    origin: FormOrigin = FormOrigin.SAME
    answers: tuple[str, ...] = ()
    """SHA-256 of the files that it answers, the latest first, as the campaign's own mark in it says."""


_KEPT = 8
"""Files of one unit lie close together in a batch, so the last few are enough."""


_LAID_OUT_OTHERWISE = (
    "注意：程序更新过，现在排出的表样与下发时的不同（自查、辅助列等由程序写的部分），按下发时的表样核对，不用重新发表。"
)


class Layouts:
    """The last layouts by seal text: a batch of returns from one unit is laid out once, and ``shapes`` are for all units."""

    def __init__(self, shapes: Shapes | None = None) -> None:
        self.shapes = Shapes() if shapes is None else shapes
        self._known: dict[tuple[str, str | None], Layout] = {}
        self._compared: set[str] = set()
        self._note: str | None = None

    def of(self, seal: Seal, edition: Edition) -> Layout:
        """The form as this program lays it out. Raises DefinitionError."""
        layout = self._known.pop((seal.text, None), None)
        if layout is None:
            layout = build_layout(seal.campaign, seal.unit, edition, seal.part, self.shapes)
        return self._keep((seal.text, None), layout)

    def kept(self, digest: str, seal: Seal, edition: Edition, sent: SentForms) -> Layout | None:
        """The form as it was sent; None where it was not kept, was damaged or has fields that the edition lacks."""
        layout = self._known.pop((seal.text, digest), None)
        if layout is None:
            try:
                form = _text_of(digest, sent)
                shape_digest = shape_digest_of(form)
                shape = self.shapes.kept(shape_digest, edition, lambda: _text_of(shape_digest, sent))
                layout = read_form(form, shape, seal.campaign, seal.unit, edition, seal.part)
            except KeptFormError:
                return None
            if shape_digest not in self._compared:
                self._compared.add(shape_digest)
                if self._note is None and sent.is_of_another_program(digest):
                    self._compare(digest, seal, edition)
        return self._keep((seal.text, digest), layout)

    def is_laid_out(self, layout: Layout, digest: str) -> bool:
        """Whether a layout is the form of that digest."""
        return self.shapes.writer.kept(layout).digest == digest

    def take_notes(self) -> tuple[str, ...]:
        """Hands over, once, that forms were sent which this program lays out otherwise."""
        if not self._note:
            return ()
        note, self._note = self._note, ""
        return (note,)

    def _compare(self, digest: str, seal: Seal, edition: Edition) -> None:
        """Notes where the same definition is laid out otherwise today; a changed one is reported with the file."""
        if seal.definition != edition.digest:
            return
        try:
            same = self.is_laid_out(self.of(seal, edition), digest)
        except DefinitionError:
            same = False
        if not same:
            self._note = _LAID_OUT_OTHERWISE

    def _keep(self, key: tuple[str, str | None], layout: Layout) -> Layout:
        self._known[key] = layout
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return layout


def _text_of(digest: str, sent: SentForms) -> str:
    text = sent.text(digest)
    if text is None:
        raise KeptFormError(f"表样 {digest} 没有存，或损坏了。")
    return text


def identify(raw: RawWorkbook, context: Context, layouts: Layouts) -> Identity:
    """The unit and the layout of a workbook.

    Raises Rejected (I001 not ours, I002 an unknown edition or a form of another program version, I003 another
    campaign, I011 a version no longer taken back).
    """
    faults: list[Fault] = []
    seal = seal_in(raw)
    if seal is None:
        seal = _seal_of_property(raw, context)
        if seal is None:
            raise Rejected(Fault(FaultCode.NOT_OURS, _not_ours(raw)))
        faults.append(Fault(FaultCode.SEAL_BROKEN, "工作簿里的印章页被删除或改坏了，改由文档属性认出单位"))
    campaign = context.campaign
    if campaign is not None and seal.campaign.id != campaign.id:
        raise Rejected(
            Fault(FaultCode.ANOTHER_CAMPAIGN, f"这份表属于任务「{seal.campaign.id}」，不是「{campaign.id}」")
        )
    edition = _edition(seal, context)
    if seal.edition_version != edition.version and seal.edition_version not in edition.accepts:
        raise Rejected(Fault(FaultCode.VERSION_NO_LONGER_ACCEPTED, _versions(seal, edition)))
    state = "unchecked" if campaign is None else "no-key"
    if context.key is not None:
        state = "verified" if seal.signed_by(context.key) else "broken"
    trusted = _of_campaign(seal, context, edition) if state == "broken" else seal
    try:
        layout, origin = _held_against(seal, trusted, raw, context, layouts, edition)
    except DefinitionError as error:
        raise Rejected(Fault(FaultCode.UNKNOWN_EDITION, f"按印章排不出表样：{error.problems[0].message}")) from error
    faults += _changes(seal, edition, origin)
    if state == "broken":
        faults.append(Fault(FaultCode.SEAL_BROKEN, "印章不是用本任务的密钥签发的，或印章的内容被改过"))
    settings = {**edition.settings, **(campaign or trusted.campaign).settings}
    answers = answers_in(raw, seal, context.key) if state == "verified" and context.key is not None else ()
    return Identity(seal, layout, state, tuple(faults), settings, origin, answers)


def _held_against(
    seal: Seal, trusted: Seal, raw: RawWorkbook, context: Context, layouts: Layouts, edition: Edition
) -> tuple[Layout, FormOrigin]:
    """The form that a file was made from: as the campaign kept it, else as this program lays it out.

    ``trusted`` says whose file it is where the file's own seal cannot be believed. Raises DefinitionError.
    """
    sent = context.sent
    if sent is not None:
        digests = _digests(seal, trusted, sent)
        kept = [layout for one in digests if (layout := layouts.kept(one, trusted, edition, sent)) is not None]
        if kept:
            return (kept[0] if len(kept) == 1 else _best(kept, raw)), FormOrigin.KEPT
    layout = layouts.of(trusted, edition)
    if seal.form is not None:
        return layout, FormOrigin.SAME if layouts.is_laid_out(layout, seal.form) else FormOrigin.OTHER
    lost = sent is not None and sent.is_lost(trusted.subject_digest)
    return layout, FormOrigin.OTHER if lost else FormOrigin.SAME


def _digests(seal: Seal, trusted: Seal, sent: SentForms) -> Sequence[str]:
    """The forms that a file may have been made from: the one that its seal names where that can be believed."""
    if seal is trusted:
        return [seal.form] if seal.form is not None else sent.forms_of(seal.subject_digest, unnamed=True)
    digests = sent.forms_of(trusted.subject_digest)
    return [digest for digest in digests if digest == seal.form] or digests


def _best(layouts: Sequence[Layout], raw: RawWorkbook) -> Layout:
    """Of several forms sent under one seal, the one whose formulas stand in the file."""
    formulas = {
        (Address(sheet.name, row, column), cell.formula)
        for sheet in raw.sheets
        for (row, column), cell in sheet.cells.items()
        if cell.formula is not None
    }
    return max(layouts, key=lambda layout: len(formulas & layout.formula_texts.items()))


def _versions(seal: Seal, edition: Edition) -> str:
    return f"这份表是第 {seal.edition_version} 版，现行是第 {edition.version} 版"


def _changes(seal: Seal, edition: Edition, origin: FormOrigin) -> list[Fault]:
    """What is otherwise now than when the workbook was made: the edition's version, its definition, the program."""
    found: list[Fault] = []
    if seal.edition_version != edition.version:
        detail = _versions(seal, edition)
        if seal.definition != edition.digest:
            kept = "锁定的内容按下发时的表样核对"
            today = "这份表按现行的定义核对，有的问题可能只是版本不同造成的"
            detail += f"，定义有过变化；{kept if origin is FormOrigin.KEPT else today}"
        found.append(Fault(FaultCode.SUPERSEDED_VERSION, detail))
    elif seal.definition != edition.digest:
        kept = "；锁定的内容按下发时的表样核对" if origin is FormOrigin.KEPT else ""
        found.append(
            Fault(FaultCode.DEFINITION_CHANGED, f"版本号没有变（第 {edition.version} 版），定义文件却变了{kept}")
        )
    if origin is FormOrigin.OTHER:
        found.append(
            Fault(
                FaultCode.FORM_LAID_OUT_OTHERWISE,
                "现在排出的表样与下发时的不同，没有核对自查、辅助列和数字格式这些由程序写的部分",
            )
        )
    return found


def seal_in(raw: RawWorkbook) -> Seal | None:
    """The seal on a workbook's own sheet; None where there is none or it was damaged."""
    texts = _texts_in(raw, 1)
    return read_seal(texts) if texts else None


def answers_in(raw: RawWorkbook, seal: Seal, key: bytes) -> tuple[str, ...]:
    """The SHA-256 of the files that a workbook answers, by the mark beside its seal; none where there is none."""
    return read_answer(_texts_in(raw, ANSWER_COLUMN), seal, key)


def _texts_in(raw: RawWorkbook, column: int) -> list[str]:
    """The texts in a column of the seal sheet, from its first row on; none without that sheet."""
    sheet = raw.sheet(SEAL_SHEET)
    texts: list[str] = []
    if sheet is None:
        return texts
    while (cell := sheet.cells.get((len(texts) + 1, column))) is not None and isinstance(cell.value, str):
        texts.append(cell.value)
    return texts


def _seal_of_property(raw: RawWorkbook, context: Context) -> Seal | None:
    """The seal made again from the campaign for the unit that the document property names."""
    parts = raw.properties.get(PROPERTY, "").split("|")
    campaign = context.campaign
    if len(parts) != 6 or campaign is None or context.key is None or parts[2] != campaign.id:
        return None
    unit = campaign.unit(parts[3])
    if unit is None or parts[0] != campaign.edition:
        return None
    edition, part = context.library.edition(campaign.edition), parts[4] or None
    seal = make_seal(campaign, unit, edition, context.key, part)
    forms = context.sent.forms_of(seal.subject_digest) if context.sent is not None else ()
    sealed = (make_seal(campaign, unit, edition, context.key, part, form) for form in forms)
    return next((one for one in sealed if one.signature == parts[5]), seal)


def _of_campaign(seal: Seal, context: Context, edition: Edition) -> Seal:
    """What the campaign itself has for the unit of a seal that cannot be believed; the seal's own word where it has none."""
    campaign = context.campaign
    unit = campaign.unit(seal.unit.code) if campaign else None
    if campaign is None or unit is None or context.key is None or campaign.edition != edition.id:
        return seal
    return make_seal(campaign, unit, edition, context.key, seal.part)


def _edition(seal: Seal, context: Context) -> Edition:
    name = seal.campaign.edition
    if name not in context.library.editions():
        raise Rejected(Fault(FaultCode.UNKNOWN_EDITION, f"表样版本「{name}」在本程序里没有"))
    return context.library.edition(name)


def _not_ours(raw: RawWorkbook) -> str:
    names = "、".join(sheet.name for sheet in raw.sheets[:4])
    if raw.properties.get(PROPERTY):
        return f"工作簿（工作表：{names}）的印章页没有了，而没有指定任务，认不出是哪个单位的"
    return f"工作簿（工作表：{names}）里没有印章，不是由本程序下发的表"
