"""How tables are set in the document: styles, size of the text, pitch of its lines, height of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

PADDING = 40
"""Left and right margin of a cell, twips."""
PADDING_ABOVE = 16
"""Upper and lower margin of a cell, twips."""
_TIGHT = 22.5
"""Pitch of lines set tighter, in twips for each point of the text's size: an eighth more than the size."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """Style ids of the template (table, text, headings in cells), ``size`` of a text in points, the rest in twips.

    ``pitch`` is the distance of lines; ``set_pitch`` says that it is another than the style's.
    """

    table: str
    text: str
    heading: str
    size: float
    pitch: int
    row_height: int = 340
    set_pitch: bool = False

    @property
    def tight(self) -> TableLook:
        """The look for a table that is a few lines too long for its page."""
        pitch = min(self.pitch, round(self.size * _TIGHT))
        return replace(self, pitch=pitch, row_height=min(self.row_height, pitch + 2 * PADDING_ABOVE), set_pitch=True)
