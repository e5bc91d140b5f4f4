"""Verdicts for people and for programs, one module a format. Pure: values in, text out."""

from xlsxeval.output.concise import concise
from xlsxeval.output.json_form import check_json, fields_json
from xlsxeval.output.jsonl import check_jsonl
from xlsxeval.output.text import text

__all__ = ["check_json", "check_jsonl", "concise", "fields_json", "text"]
