"""验章: whether a stamped file is what was stamped, by its signature and by the register."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from deskoffice.paper.seal_signature import SignatureVerdict
from deskoffice.storage import matter_queries, seal_book
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.usecases import seal_credentials
from deskoffice.usecases.office import CHINA, Office


class Finding(StrEnum):
    """What the check of a file comes to."""

    AS_STAMPED = "as_stamped"
    """与用印时完全一致"""
    CHANGED = "changed"
    """用印后被改动"""
    NOT_IN_REGISTER = "not_in_register"
    """签名完好，但登记簿里没有"""
    OTHER_OFFICE = "other_office"
    """签名不是本单位的印章"""
    UNSIGNED = "unsigned"
    """没有用印签名"""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """The finding with what it rests on."""

    finding: Finding
    digest: str
    """SHA-256 of the file."""
    seal: str = ""
    number: str = ""
    signed_at: datetime | None = None
    fingerprint: str = ""

    @property
    def words(self) -> str:
        """One sentence."""
        when = f"{self.signed_at.astimezone(CHINA):%Y年%m月%d日 %H:%M}" if self.signed_at else ""
        return {
            Finding.AS_STAMPED: f"未改动：与{when}用“{self.seal}”盖章时完全一致，登记号 {self.number}。",
            Finding.CHANGED: "已改动：这份文件在盖章以后被改过，或者传送中损坏，不能作为盖章件使用。",
            Finding.NOT_IN_REGISTER: "签名完好，但用印登记簿里查不到这份文件，请找印章管理员核实。",
            Finding.OTHER_OFFICE: "文件上的签名不是本单位印章的签名，本机不能证明它的来历。",
            Finding.UNSIGNED: "这份文件没有用印签名，不是本机盖章的文件。",
        }[self.finding]


def verify(office: Office, data: bytes) -> FileVerdict:
    """Read the signature with pyHanko's validator against the vault's authorities, and look the file up by its hash."""
    from deskoffice.paper import signing

    digest = sha256(data).hexdigest()
    with office.act() as act:
        session = act.session
        said = signing.verify(data, seal_credentials.roots(session))
        issued = seal_book.certificate_by(session, said.fingerprint)
        seal = None if issued is None or issued.seal_id is None else session.get(SealRecord, issued.seal_id)
        entry = seal_book.entry_of_file(session, digest)
        matter = None if entry is None else matter_queries.get(session, entry.matter_id, office.actor)
        finding = _finding(said, is_issued=seal is not None, is_entered=entry is not None)
        act.record_other("seals.file.verified", digest=digest, finding=finding.value)
    return FileVerdict(
        finding=finding,
        digest=digest,
        seal=seal.name if seal else said.signer,
        number=matter.number if matter else "",
        signed_at=said.signed_at,
        fingerprint=said.fingerprint,
    )


def _finding(said: SignatureVerdict, *, is_issued: bool, is_entered: bool) -> Finding:
    if not said.is_signed:
        return Finding.UNSIGNED
    if not said.is_unchanged:
        return Finding.CHANGED
    if not (said.is_ours and is_issued):
        return Finding.OTHER_OFFICE
    # What a reader of signatures does not weigh, the envelope's own form, is compared digit by digit.
    if not said.is_exact:
        return Finding.CHANGED
    return Finding.AS_STAMPED if is_entered else Finding.NOT_IN_REGISTER
