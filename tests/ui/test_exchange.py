"""The clerk sends and receives discs in the window, and is told calmly what is known already."""

import os
from pathlib import Path

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QTableView
from pytestqt.qtbot import QtBot
from sitting import Sitting

from deskoffice.domain.exchange import CarriedPaper, PartnerDraft
from deskoffice.domain.matters import ContentRole
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.management import exchange as pages
from deskoffice.ui.management.packet_dialogs import PacketReceiveDialog, PacketSendDialog
from deskoffice.usecases import exchange, exchange_keys
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.exchange_packing import Carried, pack
from deskoffice.usecases.office import Office
from deskoffice.vault import exchange as vault_exchange
from deskoffice.vault.exchange import Identity, PacketKind, Sending
from deskoffice.vault.suite import INTERNATIONAL

CITY = "东江市人民政府办公室"


@pytest.fixture
def sitting(qtbot: QtBot, office: Office):
    seated = Sitting(qtbot, office)
    seated.sit_down("wangli")
    yield seated
    seated.get_up()
    seated.office.close()


def partner(office: Office) -> Identity:
    identity = Identity.generate(os.urandom(16))
    draft = PartnerDraft(CITY, identity.public.code(), identity.public.fingerprint())
    exchange_keys.add_partner(office, draft)
    return identity


def disc_from(identity: Identity, office: Office, folder: Path, *numbers: int) -> Path:
    def paper(number: int) -> CarriedPaper:
        return CarriedPaper(
            f"关于第{number}项工作的通知",
            f"东政办发〔2026〕{number}号",
            CITY,
            Classification.INTERNAL,
            None,
            Urgency.ORDINARY,
            None,
            "各县人民政府：",
            "",
        )

    body = FileDraft("正文.txt", "请认真贯彻执行。".encode(), ContentRole.BODY)
    payload = pack([Carried(paper(number), (body,)) for number in numbers])
    sending = Sending(PacketKind.PAPERS, 3, payload, INTERNATIONAL)
    path = folder / "BD0003.dopkt"
    vault_exchange.write(path, identity, exchange_keys.own(office), sending)
    return path


def test_a_disc_becomes_incoming_papers_and_the_list_says_so(sitting: Sitting, tmp_path: Path) -> None:
    office = sitting.office
    path = disc_from(partner(office), office, tmp_path, 7, 8)
    known = factories.incoming_draft(source_unit=CITY, document_number="东政办发 (2026) 7号")
    number = incoming.register(office, known).number
    sitting.window.open_area("exchange")
    sitting.rest()
    arrival = exchange.look_into(office, path)
    desk, window = sitting.window.page.desk, sitting.window
    PacketReceiveDialog(desk, path, arrival, done=window.page.refresh, parent=window).open()
    dialog = sitting.dialog(PacketReceiveDialog)
    assert "第 3 号包，签名已核对" in dialog.findChild(QLabel, "senderLabel").text()
    assert "第 1、2 号包还没有收到" in dialog.findChild(QLabel, "missingLabel").text()
    model = dialog.findChild(QListView, "papersListView").model()
    assert f"此前已登记为{number}" in model.index(0, 0).data()
    assert model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked.value
    dialog.receive()
    sitting.rest()
    assert dialog.findChild(QLabel, "carrierProblemLabel").text() == "请填写"
    sitting.type_in(dialog.findChild(QLineEdit, "carrierLineEdit"), "光盘3号")
    dialog.receive()
    sitting.rest()
    table = sitting.window.page.findChild(QTableView, "recordsTableView").model()
    assert [table.index(0, column).data() for column in (1, 2, 4)] == [
        "收入 3 号",
        CITY,
        "已登记 1 件，此前已登记 1 件",
    ]
    assert list(tmp_path.glob("HZ0003*.dopkt"))


def test_sending_asks_for_papers_and_carrier(sitting: Sitting, tmp_path: Path) -> None:
    partner(sitting.office)
    pages.open_send(sitting.window.page.desk, sitting.window, lambda: None)
    dialog = sitting.dialog(PacketSendDialog)
    assert dialog.findChild(QComboBox, "partnerComboBox").currentText() == CITY
    sitting.type_in(dialog.findChild(QLineEdit, "carrierLineEdit"), "光盘4号")
    dialog.send_to(tmp_path)
    sitting.rest()
    assert dialog.findChild(QLabel, "papersProblemLabel").text() == "请填写"
    assert not list(tmp_path.glob("*.dopkt"))
    dialog.reject()
