"""Verdicts for people and for programs: one file a format (``formats/``). Pure: values in, text out.

For those who use it::

    chosen = format_for("html", None)                              # or by the suffix of a file's name
    pieces = chosen.render(verdicts, OutputSources(templates, today))
    written = chosen.encoded(pieces)                               # as a file has them
"""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.output.fields import fields_json
    from xlsxeval.output.format import OutputFormat, OutputSources
    from xlsxeval.output.formats import format_for, formats_in_words, output_formats

__all__ = ["OutputFormat", "OutputSources", "fields_json", "format_for", "formats_in_words", "output_formats"]

__getattr__ = late_names(
    __name__,
    fields=("fields_json",),
    format=("OutputFormat", "OutputSources"),
    formats=("format_for", "formats_in_words", "output_formats"),
)
