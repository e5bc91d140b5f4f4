"""Verdicts as text for people and as JSON for programs. Pure: values in, text out."""

from xlsxeval.output.concise import concise
from xlsxeval.output.jsonform import check_json, fields_json
from xlsxeval.output.text import text

__all__ = ["check_json", "concise", "fields_json", "text"]
