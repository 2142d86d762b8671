"""A folder of scans laid to the papers of an imported book, by the number in the name of the file."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure, RuleError
from deskoffice.domain.matters import ContentRole
from deskoffice.domain.people import Role
from deskoffice.storage.imports import ImportedMatterRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import attachments
from deskoffice.usecases.attachments import MEDIA_TYPES, FileDraft
from deskoffice.usecases.office import Office

_MARKS = re.compile(r"[\s〔〕\[\](){}【】（）_\-—.·第号年]+")


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What became of the files of a folder."""

    attached: tuple[str, ...]
    unmatched: tuple[str, ...]
    """No paper has such a number, or more than one has."""
    unreadable: tuple[str, ...]
    without_scan: int
    """Papers of the batch that no file was laid to."""


def attach_folder(
    office: Office, batch_id: int, folder: Path, progress: Callable[[int, int], bool] | None = None
) -> ScanResult:
    """Attach each file whose name holds the number of exactly one paper of the batch."""
    office.require(Role.CONFIDENTIAL_CLERK)
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in MEDIA_TYPES)
    except OSError as error:
        raise EnvironmentFailure("file_not_read", name=folder.name) from error
    numbers = _numbers(office, batch_id)
    attached: dict[str, int] = {}
    unmatched: list[str] = []
    unreadable: list[str] = []
    for done, path in enumerate(files, 1):
        matter_id = matched(path.stem, numbers)
        if matter_id is None:
            unmatched.append(path.name)
        elif _attach(office, matter_id, path):
            attached[path.name] = matter_id
        else:
            unreadable.append(path.name)
        if progress is not None and not progress(done, len(files)):
            raise RuleError("stopped")
    papers = {one for ids in numbers.values() for one in ids}
    bare = len(papers - set(attached.values()))
    return ScanResult(tuple(attached), tuple(unmatched), tuple(unreadable), bare)


def _numbers(office: Office, batch_id: int) -> dict[str, list[int]]:
    """Own and document numbers of the papers of a batch, as `plain` writes them."""
    query = (
        select(MatterRecord.id, MatterRecord.number, MatterRecord.document_number)
        .join(ImportedMatterRecord, ImportedMatterRecord.matter_id == MatterRecord.id)
        .where(ImportedMatterRecord.batch_id == batch_id)
    )
    found: dict[str, list[int]] = {}
    with office.read() as session:
        for matter_id, *numbers in session.execute(query):
            for number in filter(None, map(plain, numbers)):
                found.setdefault(number, []).append(matter_id)
    return found


def plain(text: str) -> str:
    """A number or a file's name with one kind of mark between its parts."""
    return _MARKS.sub("-", unicodedata.normalize("NFKC", text)).strip("-")


def matched(stem: str, numbers: dict[str, list[int]]) -> int | None:
    """The one paper whose number stands in a name; of several numbers in it the longest counts."""
    name = plain(stem)
    standing = [number for number in numbers if number in name and _is_whole(number, name)]
    if not standing:
        return None
    ids = numbers[max(standing, key=len)]
    return ids[0] if len(ids) == 1 else None


def _is_whole(number: str, name: str) -> bool:
    """2023-1 does not stand in 2023-10."""
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", name) is not None


def _attach(office: Office, matter_id: int, path: Path) -> bool:
    try:
        file = attachments.read(FileDraft(path.name, path.read_bytes(), ContentRole.SCAN))
    except (OSError, DeskOfficeError):
        return False
    with office.act() as act:
        matter = act.matter(matter_id)
        record = attachments.put(act, matter, file)
        act.record("matter.content.attached", matter, content=record.content_id, role=record.role)
    return True


def names(files: Sequence[str], most: int = 5) -> str:
    """Some names for a sentence."""
    shown = "、".join(files[:most])
    return f"{shown} 等" if len(files) > most else shown
