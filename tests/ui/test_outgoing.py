"""发文 at the window: drafted, seen, reviewed, signed, handed out; by keyboard."""

import factories
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
)

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.ui.circulation.outgoing import ReviewDialog
from deskoffice.ui.circulation.outgoing_dispatch import DispatchDialog
from deskoffice.ui.circulation.outgoing_form import OutgoingForm
from deskoffice.ui.circulation.outgoing_proof import ProofView
from deskoffice.ui.circulation.outgoing_sign import SignDialog
from deskoffice.usecases import matters
from deskoffice.usecases.circulation import outgoing, outgoing_draft

TITLE = "关于做好今冬明春安全生产工作的通知"
BODY = "为做好今冬明春安全生产工作，现将有关事项通知如下.\n一、压实责任\n各单位要落实责任，逐级检查。"


def rows(sitting):
    return matters.list_page(sitting.office, ListQuery(frozenset({MatterKind.OUTGOING})), 0, 50).rows


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, key, modifier)


def write_draft(qtbot, sitting):
    window = sitting.sit_down("sunfang")
    window.open_area("outgoing")
    press(qtbot, window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = sitting.dialog(OutgoingForm)
    form.findChild(QLineEdit, "titleLineEdit").setFocus()
    sitting.type_in(form.findChild(QLineEdit, "titleLineEdit"), TITLE)
    sitting.type_in(form.findChild(QLineEdit, "addresseeLineEdit"), "各乡镇人民政府：")
    form.findChild(QPlainTextEdit, "bodyTextPlainTextEdit").setPlainText(BODY)
    return form


def test_the_page_is_seen_while_it_is_written_and_findings_jump_to_their_line(qtbot, sitting):
    form = write_draft(qtbot, sitting)
    form.findChild(QSpinBox, "printedCopiesSpinBox").setValue(20)
    proof, findings = form.findChild(ProofView), form.findChild(QListView, "findingsListView")
    sitting.until(lambda: proof.page_count > 0)
    sitting.until(lambda: findings.model().rowCount() > 0)
    assert "第 1 行" in findings.model().index(0, 0).data()
    findings.setCurrentIndex(findings.model().index(0, 0))
    press(qtbot, findings, Qt.Key.Key_Return)
    assert form.findChild(QPlainTextEdit, "bodyTextPlainTextEdit").textCursor().selectedText().endswith("如下.")
    form.reject()
    sitting.rest()


def test_a_draft_goes_through_review_and_signature_to_its_number(qtbot, sitting):
    form = write_draft(qtbot, sitting)
    press(qtbot, form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    # The form deletes itself once it is stored, so it is asked for and not held.
    sitting.until(
        lambda: not any(isinstance(w, OutgoingForm) and w.isVisible() for w in QApplication.topLevelWidgets())
    )
    sitting.rest()
    assert rows(sitting)[0].state is State.REVIEW

    review_it(qtbot, sitting)
    sign_it(qtbot, sitting)
    assert rows(sitting)[0].document_number == "东政办发〔2026〕1号"


def review_it(qtbot, sitting):
    window = sitting.sit_down("zhaoming")
    window.open_area("outgoing")
    sitting.rest()
    press(qtbot, window.page._ui.matterTableView, Qt.Key.Key_Return)
    dialog = sitting.dialog(ReviewDialog)
    sitting.type_in(dialog.findChild(QPlainTextEdit, "textPlainTextEdit"), "已核，请签发。")
    press(qtbot, dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sitting.rest()
    sitting.rest()


def sign_it(qtbot, sitting):
    window = sitting.sit_down("zhangwei")
    window.open_area("outgoing")
    sitting.rest()
    press(qtbot, window.page._ui.matterTableView, Qt.Key.Key_Return)
    dialog = sitting.dialog(SignDialog)
    assert dialog.findChild(QComboBox, "numberComboBox").currentText() == "东政办发〔2026〕1号"
    press(qtbot, dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sitting.rest()
    sitting.rest()


def test_what_is_wrong_stands_under_its_field_and_the_folded_fields_open(qtbot, sitting):
    form = write_draft(qtbot, sitting)
    form.findChild(QLineEdit, "titleLineEdit").clear()
    form._form.widget("level").setCurrentIndex(3)
    form.findChild(QPushButton, "savePushButton").click()
    sitting.until(lambda: form.findChild(QLabel, "titleProblemLabel").isVisible())
    assert form.findChild(QLabel, "secrecyYearsProblemLabel").text() == "定了密级须填保密期限"
    assert form.findChild(QLabel, "secrecyYearsProblemLabel").isVisible()
    assert rows(sitting) == ()
    form.reject()
    sitting.rest()


def test_what_was_not_stored_is_there_again_the_next_time(qtbot, sitting):
    form = write_draft(qtbot, sitting)
    form.reject()
    sitting.rest()
    sitting.sit_down("sunfang").open_area("outgoing:new")
    again = sitting.dialog(OutgoingForm)
    sitting.until(lambda: again.findChild(QLabel, "restoredLabel").isVisible())
    assert again.findChild(QLineEdit, "titleLineEdit").text() == TITLE
    again.findChild(QPushButton, "discardPushButton").click()
    assert again.findChild(QLineEdit, "titleLineEdit").text() == ""
    again.reject()
    sitting.rest()


def test_a_text_file_is_brought_in_with_its_title(qtbot, sitting, tmp_path):
    paper = tmp_path / "稿.txt"
    paper.write_text(f"{TITLE}\n\n各单位要落实责任，逐级检查。\n一、压实责任\n", encoding="utf-8")
    sitting.sit_down("sunfang").open_area("outgoing:new")
    form = sitting.dialog(OutgoingForm)
    form._import([paper])
    sitting.until(lambda: "逐级检查" in form.findChild(QPlainTextEdit, "bodyTextPlainTextEdit").toPlainText())
    form.reject()
    sitting.rest()


def test_copies_are_handed_out_to_units_and_the_rest_stays(qtbot, sitting):
    window = sitting.sit_down("wangli")
    dialog = DispatchDialog(window.desk, dispatched_card(sitting), parent=window)
    qtbot.addWidget(dialog)
    dialog.open()
    sitting.rest()
    line = dialog.findChild(QLineEdit, "unitLineEdit")
    for name in ("县应急局", "县应急局", "县财政局"):
        sitting.type_in(line, name)
        press(qtbot, line, Qt.Key.Key_Return)
    assert [(part.unit, part.copies) for part in dialog.distribution()] == [("县应急局", 2), ("县财政局", 1)]
    assert dialog.findChild(QLabel, "sumLabel").text() == "印制 3 份，分发 3 份，留本人 0 份"
    sitting.type_in(line, "县水利局")
    press(qtbot, line, Qt.Key.Key_Return)
    assert "多出 1 份" in dialog.findChild(QLabel, "sumLabel").text()
    dialog.reject()


def dispatched_card(sitting):
    office = sitting.office
    matter_id = outgoing.create(office, factories.outgoing_draft(office)).matter_ids[0]
    assert outgoing_draft.draft_of(office, matter_id).printed_copies == 3
    return matters.card(office, matter_id)
