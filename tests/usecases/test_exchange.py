"""Papers cross from one stand-alone vault to another on a disc: once, whole, from whom they say, with a receipt."""

from collections.abc import Iterator
from pathlib import Path

import factories
import pytest

from deskoffice.domain.circulation.outgoing import Distribution
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError, VaultError
from deskoffice.domain.exchange import ItemState, PartnerDraft
from deskoffice.domain.matters import LinkKind
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealDraft, SealKind
from deskoffice.domain.seals import Stamping, checklist
from deskoffice.domain.values import Classification
from deskoffice.usecases import audits, exchange, exchange_keys, exchange_papers, matters, seal_inventory, seals
from deskoffice.usecases.attachments import open_content, pdf_text
from deskoffice.usecases.circulation import incoming, outgoing
from deskoffice.usecases.exchange import Choice
from deskoffice.usecases.office import Office


@pytest.fixture(scope="module")
def other_founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other") / "vault"
    factories.found(folder, factories.monday_morning()).office.close()
    return folder


@pytest.fixture
def other(other_founded: Path, tmp_path: Path) -> Iterator[Office]:
    import shutil

    from deskoffice.usecases.office import open_office

    folder = tmp_path / "other"
    shutil.copytree(other_founded, folder)
    opened = open_office(folder, "wangli", factories.PASSWORD, clock=factories.monday_morning())
    yield opened
    opened.close()


@pytest.fixture
def disc(tmp_path: Path) -> Path:
    folder = tmp_path / "disc"
    folder.mkdir()
    return folder


def acquainted(office: Office, name: str, other: Office) -> int:
    public = exchange_keys.own(other)
    exchange_keys.add_partner(office, PartnerDraft(name, public.code(), public.fingerprint().lower()))
    return next(row.id for row in exchange_keys.partners(office) if row.name == name)


def issued(office: Office, **changes: object) -> int:
    drafter, signatory = factories.as_role(office, Role.DRAFTER), factories.as_role(office, Role.SIGNATORY)
    matter_id = outgoing.create(drafter, factories.outgoing_draft(office, **changes)).matter_ids[0]
    outgoing.submit(drafter, matter_id)
    outgoing.review(factories.as_role(office, Role.SECRETARIAT), matter_id, "拟同意。", signatory.actor.person_id)
    outgoing.sign(signatory, matter_id, "同意印发。")
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    known = [row.id for row in seal_inventory.usable(keeper)]
    seal = SealDraft("公章", SealKind.OFFICIAL, "河东县人民政府办公室", keeper.actor.person_id)
    seal_id = known[0] if known else seal_inventory.add(keeper, seal)
    card = matters.card(office, matter_id)
    use = next(link.matter for link in card.links if link.kind is LinkKind.SEALED_BY)
    digest = next(content.digest for content in card.contents if content.role == "approved")
    checks = frozenset(checklist(is_straddling=False))
    seals.stamp(keeper, use.id, Stamping(digest, checks, stamped=3, seal_id=seal_id))
    outgoing.dispatch(office, matter_id, [Distribution("河西县人民政府办公室", 1)])
    return matter_id


def sent(office: Office, other: Office, disc: Path, matter_ids: list[int]) -> Path:
    partner = acquainted(office, "河西县人民政府办公室", other)
    exchange.send(office, partner, matter_ids, carrier="机密光盘〔2026〕3号", folder=disc)
    acquainted(other, "河东县人民政府办公室", office)
    return next(disc.glob("BD*.dopkt"))


def everything(disc: Path, *places: int) -> Choice:
    return Choice(frozenset(places), "机密光盘〔2026〕3号", disc)


def test_a_paper_issued_here_is_received_there_with_its_page_and_the_receipt_comes_back(
    office: Office, other: Office, disc: Path
) -> None:
    matter_id = issued(office, level=Classification.INTERNAL)
    path = sent(office, other, disc, [matter_id])
    (offer,) = exchange.look_into(other, path).offers
    assert (offer.paper.document_number, offer.paper.copy_number) == ("东政办发〔2026〕1号", "000001")
    changes = exchange.receive(other, path, everything(disc, 1))
    card = matters.card(other, changes.matter_ids[0])
    assert card.row.title == "关于做好今冬明春安全生产工作的通知"
    assert (card.row.unit, card.row.level) == ("河东县人民政府办公室", Classification.INTERNAL)
    page = open_content(other, card.row.id, card.contents[0].content_id)
    assert "今冬明春" in pdf_text(page.data)
    packet = exchange.take_receipt(office, next(disc.glob("HZ*.dopkt")))
    assert packet.receipt_at is not None
    assert [(item.state, item.number) for item in packet.items] == [(ItemState.REGISTERED, card.row.number)]
    assert matter_id not in {row.id for row in exchange.sendable(office, 1)}


def test_the_same_packet_is_taken_once_only(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office)])
    exchange.receive(other, path, everything(disc, 1))
    with pytest.raises(RuleError, match="exchange_packet_known"):
        exchange.look_into(other, path)
    with pytest.raises(RuleError, match="exchange_packet_known"):
        exchange.receive(other, path, everything(disc, 1))
    assert len(exchange.packets(other)) == 1


def test_a_paper_registered_before_is_told_and_not_registered_twice(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office), issued(office)])
    paper = exchange.look_into(other, path).offers[0].paper
    same = factories.incoming_draft(
        source_unit=paper.issuer, document_number=paper.document_number, copy_number=paper.copy_number
    )
    number = incoming.register(other, same).number
    assert [offer.known for offer in exchange.look_into(other, path).offers] == [number, ""]
    changes = exchange.receive(other, path, everything(disc, 1, 2))
    assert len(changes.matter_ids) == 1
    assert [item.state for item in exchange.packets(other)[0].items] == [ItemState.KNOWN, ItemState.REGISTERED]


def test_what_is_not_chosen_is_left_and_the_receipt_says_so(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office), issued(office)])
    assert len(exchange.receive(other, path, everything(disc, 2)).matter_ids) == 1
    receipt = exchange.take_receipt(office, next(disc.glob("HZ*.dopkt")))
    assert [item.state for item in receipt.items] == [ItemState.LEFT, ItemState.REGISTERED]


def test_a_packet_of_an_unknown_vault_is_not_opened(office: Office, other: Office, disc: Path) -> None:
    partner = acquainted(office, "河西县人民政府办公室", other)
    exchange.send(office, partner, [issued(office)], carrier="盘1", folder=disc)
    with pytest.raises(VaultError, match="exchange_partner_unknown"):
        exchange.look_into(other, next(disc.glob("BD*")))
    ended = acquainted(other, "河东县人民政府办公室", office)
    exchange_keys.end_partner(other, ended)
    with pytest.raises(VaultError, match="exchange_partner_unknown"):
        exchange.look_into(other, next(disc.glob("BD*")))


def test_any_changed_byte_of_a_packet_is_found_and_nothing_is_registered(
    office: Office, other: Office, disc: Path
) -> None:
    path = sent(office, other, disc, [issued(office)])
    whole = path.read_bytes()
    head = whole.index(b"\n", whole.index(b"\n", whole.index(b"\n") + 1) + 1)
    places = [*range(0, head, 19), *range(head, len(whole), (len(whole) - head) // 12), len(whole) - 1]
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(VaultError):
            exchange.receive(other, path, everything(disc, 1))
    for length in (0, 10, head - 3, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(VaultError):
            exchange.receive(other, path, everything(disc, 1))
    assert exchange.packets(other) == ()
    path.write_bytes(whole)
    assert len(exchange.receive(other, path, everything(disc, 1)).matter_ids) == 1


def test_the_disc_shows_nothing_of_the_papers(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office)])
    raw = path.read_bytes()
    for text in ("安全生产", "东政办发", "河东县"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert text.encode(encoding) not in raw


def test_a_code_must_fit_its_fingerprint_and_only_the_clerk_exchanges(office: Office, other: Office) -> None:
    public = exchange_keys.own(other)
    wrong = ("A" if public.code()[0] != "A" else "B") + public.code()[1:]
    for code, fingerprint, field in (
        (wrong, public.fingerprint(), "code"),
        (public.code(), "AAAA BBBB CCCC DDDD", "fingerprint"),
        (exchange_keys.own(office).code(), exchange_keys.own(office).fingerprint(), "code"),
    ):
        with pytest.raises(InvalidDraft) as refused:
            exchange_keys.add_partner(office, PartnerDraft("河西县", code, fingerprint))
        assert set(refused.value.problems) == {field}
    with pytest.raises(NotAllowed):
        exchange_keys.own(factories.as_role(office, Role.DRAFTER))


def test_a_file_a_person_may_not_know_of_stays_closed_also_here(office: Office, other: Office, disc: Path) -> None:
    exchange_keys.own(office)
    drafter = factories.log_in(office, "sunfang")
    with drafter.read() as session:
        from deskoffice.storage.settings import read_settings

        content_id = int(read_settings(session)[exchange_keys.KEY_CONTENT])
        assert drafter.vault.contents.texts(session, [content_id]) == {}
    drafter.close()


def test_sheets_and_the_log_tell_of_packet_carrier_and_paper(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office)])
    exchange.receive(other, path, everything(disc, 1))
    listed = pdf_text(exchange_papers.sheet(office, exchange.packets(office)[0]).data)
    assert "摆渡包交接清单" in listed
    assert "机密光盘〔2026〕3号" in listed
    assert "东政办发〔2026〕1号" in listed
    received = pdf_text(exchange_papers.sheet(other, exchange.packets(other)[0]).data)
    assert "摆渡包收条" in received
    assert "已登记" in received
    code = pdf_text(exchange_keys.own_sheet(office).data)
    assert exchange_keys.own(office).fingerprint() in code
    auditor = factories.log_in(office, "auditor")
    actions = [entry.action for entry in audits.latest(auditor)]
    assert {"exchange.packet.sent", "exchange.paper.sent", "exchange.partner.added"} <= set(actions)
    auditor.close()


def test_a_receipt_is_told_from_papers(office: Office, other: Office, disc: Path) -> None:
    path = sent(office, other, disc, [issued(office)])
    exchange.receive(other, path, everything(disc, 1))
    back = next(disc.glob("HZ*.dopkt"))
    assert exchange.look_into(office, back).is_receipt
    with pytest.raises(RuleError, match="exchange_is_papers"):
        exchange.take_receipt(other, path)
    exchange.take_receipt(office, back)
    exchange.take_receipt(office, back)
    assert len(exchange.packets(office)) == 1


def test_a_missing_packet_is_told(office: Office, other: Office, disc: Path) -> None:
    first = sent(office, other, disc, [issued(office)])
    first.unlink()
    exchange.send(office, 1, [issued(office)], carrier="盘2", folder=disc)
    assert exchange.look_into(other, next(disc.glob("BD*"))).missing == (1,)
