"""What a campaign sent out, as far as it was kept: forms as texts, by their digests and by what their seals say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class SentForms(Protocol):
    """The forms of one campaign's workbooks. A ``subject`` is :attr:`xlsxeval.forms.seal.Seal.subject_digest`."""

    def text(self, digest: str) -> str | None:
        """The text of a form or a shape; None where it is not kept or was damaged."""

    def forms_of(self, subject: str, *, unnamed: bool = False) -> Sequence[str]:
        """The digests of the forms that were sent under seals of one subject, the oldest first.

        ``unnamed``: only those under seals that name no form.
        """

    def is_lost(self, subject: str) -> bool:
        """Whether a workbook with such a seal was sent in a form that no one knows any more."""

    def is_of_another_program(self, digest: str) -> bool:
        """Whether another program than this one laid the form out."""
