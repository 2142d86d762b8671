"""A draft file set as an official page, without any vault."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure, PaperError
from deskoffice.paper import documents


@dataclass(frozen=True, slots=True)
class Done:
    """Pages written, and what the engine changed, left out or noticed; a Word file has no pages of ours."""

    pages: int
    findings: tuple[dict[str, object], ...]


def typeset_file(source: Path, target: Path, meta: Path | None, *, now: datetime) -> Done:
    """Read .txt, .md or .docx, write .pdf or .docx."""
    fields = _fields(meta)
    refused = fields.pop("kept_rules", [])
    if not isinstance(refused, list) or not set(refused) <= set(documents.CLEANING_RULES):
        raise PaperError("paper_meta_wrong_value", key="kept_rules")
    body = documents.read_body(source.name, _read(source), refused)
    document = documents.document_from_meta(body, fields)
    suffix = target.suffix.lower()
    if suffix == ".docx":
        _write(target, documents.to_docx(document))
        return Done(0, _findings([*body.findings, *document.findings]))
    if suffix != ".pdf":
        raise PaperError("paper_file_kind", suffix=target.suffix or target.name)
    made = documents.typeset(document, clock_time=now)
    _write(target, made.pdf)
    return Done(made.pages, _findings([*body.findings, *made.findings]))


def _findings(found: list[documents.Finding]) -> tuple[dict[str, object], ...]:
    unique = dict.fromkeys((finding.code, finding.text, finding.row) for finding in found)
    return tuple({"code": code, "text": text, "row": row} for code, text, row in unique)


def _fields(meta: Path | None) -> dict[str, object]:
    if meta is None:
        return {}
    try:
        fields = json.loads(_read(meta))
    except (ValueError, RecursionError) as error:
        raise PaperError("paper_meta_not_json") from error
    if not isinstance(fields, dict):
        raise PaperError("paper_meta_not_json")
    return fields


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure("file_not_read", name=path.name) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFailure("file_not_written", name=path.name) from error
