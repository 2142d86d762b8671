"""Backup media and the restore that is tried, as those who keep the vault meet them in the window."""

from pathlib import Path

import factories
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from sitting import Sitting

from deskoffice.ui.management.drill_dialog import DrillDialog
from deskoffice.ui.management.media_page import media_page, open_form
from deskoffice.ui.management.record_form import RecordForm
from deskoffice.usecases import backups, media


@pytest.fixture
def seated(qtbot: QtBot, tmp_path: Path):
    founded = factories.found(tmp_path / "vault", factories.monday_morning())
    sitting = Sitting(qtbot, founded.office)
    sitting.sit_down("wangli")
    yield sitting, founded.backup_keys
    sitting.get_up()
    sitting.office.close()


def test_a_medium_is_registered_and_its_turn_shown(
    seated: tuple[Sitting, tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    sitting, _ = seated
    monkeypatch.setattr(media, "medium_root", lambda folder: folder)
    desk, window = sitting.window.page.desk, sitting.window
    page = media_page(desk)
    qtbot.addWidget(page)
    open_form(desk, tmp_path, parent=window, done=page.refresh)
    dialog = sitting.dialog(RecordForm)
    sitting.type_in(dialog.findChild(QLineEdit, "numberLineEdit"), "机密U盘〔2026〕1号")
    dialog.findChild(QPushButton, "savePushButton").click()
    sitting.rest()
    model = page.findChild(QTableView, "recordsTableView").model()
    shown = [model.index(0, column).data() for column in (0, 1, 2, 5, 6)]
    assert shown == ["机密U盘〔2026〕1号", "U盘", "机密", "还没有用过", "轮到它"]


def test_a_drill_says_that_the_set_can_be_restored_and_forgets_the_keys(
    seated: tuple[Sitting, tuple[str, ...]], tmp_path: Path
) -> None:
    sitting, keys = seated
    made = backups.create(sitting.office, tmp_path / "sets")
    DrillDialog(sitting.window.page.desk, lambda: None, parent=sitting.window).open()
    dialog = sitting.dialog(DrillDialog)
    dialog.drill()
    assert dialog.findChild(QLabel, "keysProblemLabel").text() == "请填写"
    dialog.take_source(made.target)
    dialog.findChild(QPlainTextEdit, "keysPlainTextEdit").setPlainText("\n".join(keys))
    dialog.drill()
    sitting.rest()
    assert dialog.findChild(QLabel, "resultLabel").text().startswith("演练通过")
    assert dialog.findChild(QPlainTextEdit, "keysPlainTextEdit").toPlainText() == ""
    dialog.reject()
