"""The certificates under which seals sign: issued in the vault, their private keys sealed to the keepers."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.paper import certificates
from deskoffice.paper.certificates import Credential
from deskoffice.storage import people, seal_book
from deskoffice.storage.seal_book import SealCertificateRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.usecases import settings
from deskoffice.usecases.office import Act
from deskoffice.vault.contents import Audience

KEY_TYPE = "application/pkcs8"


def issue(act: Act, seal: SealRecord, keepers: Iterable[int]) -> None:
    """A new certificate for a seal, its key sealed to those who keep it; earlier ones still prove what they signed."""
    made = certificates.for_seal(_authority(act), seal=seal.name, owner=seal.owner, at=act.at)
    record = _keep(act, made, Audience.only(*keepers), seal_id=seal.id)
    act.record_other("seals.certificate.issued", f"seal:{seal.id}", fingerprint=record.fingerprint)


def _authority(act: Act) -> Credential:
    """The vault's authority; another is founded where nobody present can open the one before."""
    for record in seal_book.certificates(act.session, None):
        found = _opened(act, record)
        if found is not None:
            return found
    made = certificates.authority(settings.settings_in(act.session).office_name, at=act.at)
    holders = people.holders_of(act.session, [Role.SEAL_KEEPER], Classification.PUBLIC)
    record = _keep(act, made, Audience.only(*holders, act.actor.account_id), seal_id=None)
    act.record_other("seals.authority.founded", fingerprint=record.fingerprint)
    return made


def _keep(act: Act, made: Credential, audience: Audience, *, seal_id: int | None) -> SealCertificateRecord:
    key_id = act.office.vault.contents.put(act.session, made.key, audience, media_type=KEY_TYPE)
    record = SealCertificateRecord(
        seal_id=seal_id,
        issued_at=act.at,
        certificate=made.certificate,
        fingerprint=certificates.fingerprint(made.certificate),
        key_content_id=key_id,
    )
    act.session.add(record)
    act.session.flush()
    return record


def _opened(act: Act, record: SealCertificateRecord) -> Credential | None:
    contents = act.office.vault.contents
    if not contents.readable(act.session, [record.key_content_id]):
        return None
    return Credential(record.certificate, contents.open(act.session, record.key_content_id).data)


def of_seal(act: Act, seal_id: int) -> Credential | None:
    """What the seal signs with now; None where this account does not hold its key."""
    newest = seal_book.certificates(act.session, seal_id)[:1]
    return _opened(act, newest[0]) if newest else None


def key_ids(session: Session, seal_id: int) -> list[int]:
    """The keys that go over with a seal: its own newest one and the authority's."""
    newest = [*seal_book.certificates(session, seal_id)[:1], *seal_book.certificates(session, None)[:1]]
    return [record.key_content_id for record in newest]


def roots(session: Session) -> list[bytes]:
    """Every authority that this vault ever had."""
    return [record.certificate for record in seal_book.certificates(session, None)]
