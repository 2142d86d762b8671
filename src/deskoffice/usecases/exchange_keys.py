"""Who may exchange packets with whom: the vault's own keys, sealed to the 机要员, and the partners' public ones."""

from deskoffice.domain.errors import InvalidDraft, RuleError, VaultError
from deskoffice.domain.exchange import PartnerDraft, PartnerRow, check_partner, same_letters
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.paper.forms import groups, numbered
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage import exchange as store
from deskoffice.storage import people
from deskoffice.storage.exchange import PartnerRecord
from deskoffice.storage.settings import read_settings, write_setting
from deskoffice.usecases import printing
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.vault.contents import Audience
from deskoffice.vault.exchange import Identity, PublicIdentity

KEY_CONTENT = "exchange_key_content"
CLERKS = (Role.CONFIDENTIAL_CLERK,)


def own(office: Office) -> PublicIdentity:
    """What partners get from us (交换码); the first 机要员 who asks makes it."""
    office.require(*CLERKS)
    with office.act() as act:
        return identity_in(act).public


def identity_in(act: Act) -> Identity:
    """The vault's own keys. Whoever holds them gives them on to 机要员 that came later."""
    contents, session = act.office.vault.contents, act.session
    clerks = people.holders_of(session, CLERKS, Classification.PUBLIC) | {act.actor.account_id}
    kept = read_settings(session).get(KEY_CONTENT)
    if kept is None:
        made = Identity.generate(bytes.fromhex(act.office.vault.id))
        content_id = contents.put_text(session, made.encode(), Audience.only(*clerks))
        write_setting(session, KEY_CONTENT, str(content_id))
        act.record_other("exchange.key.made")
        return made
    content_id = int(kept)
    text = contents.texts(session, [content_id]).get(content_id)
    if text is None:
        raise RuleError("exchange_key_not_shared")
    newcomers = clerks - set(contents.audience(session, content_id).readers())
    if newcomers:
        contents.grant(session, [content_id], newcomers)
        act.record_other("exchange.key.shared", accounts=len(newcomers))
    return Identity.decode(text)


def own_sheet(office: Office) -> PdfPaper:
    """The 交换码 on paper, to be handed to the partner by a person."""
    public = own(office)
    code = "".join(public.code().split())
    values: dict[str, FieldValue] = {
        "made_on": printing.day(office.today()),
        "code": numbered(groups(code)),
        "fingerprint": public.fingerprint(),
    }
    return PdfPaper(printing.filled(office, "exchange_code", values), "摆渡包交换码.pdf")


def partners(office: Office) -> tuple[PartnerRow, ...]:
    """Units we exchange with, those no longer active last."""
    with office.read() as session:
        rows = [_row(record) for record in store.partners(session)]
    return tuple(sorted(rows, key=lambda row: not row.is_active))


def _row(record: PartnerRecord) -> PartnerRow:
    fingerprint = PublicIdentity.parse(record.code).fingerprint()
    return PartnerRow(record.id, record.name, fingerprint, record.added_on, record.is_active)


def add_partner(office: Office, draft: PartnerDraft) -> None:
    """Believe a unit's signature from now on; code and fingerprint came on paper from different hands."""
    office.require(*CLERKS)
    check_partner(draft)
    try:
        public = PublicIdentity.parse(draft.code)
    except VaultError:
        raise InvalidDraft({"code": "exchange_code_mistyped"}) from None
    if not same_letters(draft.fingerprint, public.fingerprint()):
        raise InvalidDraft({"fingerprint": "exchange_fingerprint_differs"})
    if public.vault_id.hex() == office.vault.id:
        raise InvalidDraft({"code": "exchange_code_own"})
    with office.act() as act:
        known = store.partner_of_vault(act.session, public.vault_id.hex())
        if known is not None:
            raise InvalidDraft({"code": "exchange_partner_known"})
        # One that was ended comes back under its new keys; its packets stay known.
        record = next((one for one in store.partners(act.session) if one.vault_id == public.vault_id.hex()), None)
        if record is None:
            record = PartnerRecord(vault_id=public.vault_id.hex())
            act.session.add(record)
        record.name, record.code, record.is_active = draft.name.strip(), public.code(), True
        record.added_on, record.added_by = act.today, act.actor.account_id
        act.session.flush()
        act.record_other("exchange.partner.added", f"partner:{record.id}")


def end_partner(office: Office, partner_id: int) -> None:
    """No packets with this unit any more; what was exchanged stays in the list."""
    office.require(*CLERKS)
    with office.act() as act:
        act.session.get_one(PartnerRecord, partner_id).is_active = False
        act.record_other("exchange.partner.ended", f"partner:{partner_id}")
