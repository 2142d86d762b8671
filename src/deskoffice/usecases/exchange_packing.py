"""What stands inside a packet: the fields of each paper and its files, in one archive that any program opens."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from deskoffice.domain.errors import VaultError
from deskoffice.domain.exchange import CarriedPaper
from deskoffice.domain.matters import ContentRole
from deskoffice.domain.values import Classification, Urgency
from deskoffice.usecases.attachments import LARGEST, FileDraft

FORMAT = 1
LIST_NAME = "packet.json"
MOST_PAPERS = 500
MOST_BYTES = 1 << 30
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError),
    *(KeyError, ValueError, TypeError, AttributeError, RuntimeError),
)
"""What the archive's reader and ours raise on bytes that no `pack` made; NotImplementedError is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A paper with its files."""

    paper: CarriedPaper
    files: tuple[FileDraft, ...] = field(repr=False)


def pack(papers: Sequence[Carried]) -> bytes:
    """The archive: packet.json, then a folder for each paper."""
    target = io.BytesIO()
    listed = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, carried in enumerate(papers, start=1):
            names = []
            for number, file in enumerate(carried.files, start=1):
                path = f"{place:04d}/{number:02d}"
                archive.writestr(path, file.data)
                names.append({"path": path, "name": file.name, "role": file.role.value})
            listed.append({**_fields(carried.paper), "files": names})
        archive.writestr(LIST_NAME, json.dumps({"format": FORMAT, "papers": listed}, ensure_ascii=False))
    return target.getvalue()


def unpack(payload: bytes) -> tuple[Carried, ...]:
    """VaultError `exchange_packet_unreadable` for what no `pack` of this format made, also from a known partner."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise VaultError("exchange_packet_unreadable")
            listed = json.loads(archive.read(LIST_NAME))
            if listed["format"] > FORMAT:
                raise VaultError("exchange_newer_format")
            papers = listed["papers"]
            if len(papers) > MOST_PAPERS:
                raise VaultError("exchange_packet_unreadable")
            return tuple(Carried(_paper(fields), _files(archive, fields["files"])) for fields in papers)
    except _BROKEN as error:
        raise VaultError("exchange_packet_unreadable") from error


def receipt(digest: str, outcomes: Mapping[str, tuple[str, str]]) -> bytes:
    """The receipt of a packet: for each 文号 the state and the number it got."""
    return json.dumps({"format": FORMAT, "packet": digest, "papers": outcomes}, ensure_ascii=False).encode()


def read_receipt(payload: bytes) -> tuple[str, dict[str, tuple[str, str]]]:
    """The packet's digest and what became of its papers."""
    try:
        found = json.loads(payload)
        papers = {str(number): (str(state), str(here)) for number, (state, here) in found["papers"].items()}
        return str(found["packet"]), papers
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise VaultError("exchange_packet_unreadable") from error


def _fields(paper: CarriedPaper) -> dict[str, str | int | None]:
    return {
        "title": paper.title,
        "document_number": paper.document_number,
        "issuer": paper.issuer,
        "level": int(paper.level),
        "secrecy_years": paper.secrecy_years,
        "urgency": int(paper.urgency),
        "dated": paper.dated.isoformat() if paper.dated else None,
        "addressee": paper.addressee,
        "copy_number": paper.copy_number,
    }


def _paper(fields: Mapping[str, object]) -> CarriedPaper:
    years, dated = fields["secrecy_years"], fields["dated"]
    return CarriedPaper(
        title=str(fields["title"]),
        document_number=str(fields["document_number"]),
        issuer=str(fields["issuer"]),
        level=Classification(int(str(fields["level"]))),
        secrecy_years=None if years is None else int(str(years)),
        urgency=Urgency(int(str(fields["urgency"]))),
        dated=None if dated is None else date.fromisoformat(str(dated)),
        addressee=str(fields["addressee"]),
        copy_number=str(fields["copy_number"]),
    )


def _files(archive: zipfile.ZipFile, listed: Sequence[Mapping[str, object]]) -> tuple[FileDraft, ...]:
    files = []
    for entry in listed:
        path = str(entry["path"])
        if archive.getinfo(path).file_size > LARGEST:
            raise VaultError("exchange_packet_unreadable")
        files.append(FileDraft(str(entry["name"]), archive.read(path), ContentRole(str(entry["role"]))))
    return tuple(files)
