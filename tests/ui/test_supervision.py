"""督办 at the window: put on record, urged, answered, sent back, struck off."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel
from sitting import Sitting, shows_pages

from deskoffice.domain.matters import Action, ListQuery, MatterKind, State
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.papers import PaperDialog
from deskoffice.ui.supervision.task_form import TaskForm
from deskoffice.usecases import matters, supervision

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "老旧小区改造方案修改后印发。各单位按分工落实。"


def rows(sitting: Sitting):
    return matters.list_page(sitting.office, ListQuery(frozenset({MatterKind.TASK})), 0, 50).rows


def gone(sitting: Sitting, dialog) -> None:
    sitting.until(lambda: dialog not in [w for w in QApplication.topLevelWidgets() if w.isVisible()])
    sitting.rest()


def to_tasks(sitting: Sitting, login: str):
    window = sitting.sit_down(login)
    window.open_area("supervision")
    sitting.rest()
    return window


def given(sitting: Sitting) -> int:
    sitting.sit_down("zhengjie")
    draft = TaskDraft(TaskSource.INSTRUCTION, TEXT, date(2026, 12, 11), lead_unit="县住建局")
    return supervision.create(sitting.office, draft).matter_ids[0]


def say(sitting: Sitting, action: Action, text: str) -> None:
    sitting.window.page._ui.cardFrame.act(action)
    dialog = sitting.dialog(ActDialog)
    sitting.type_in(dialog._ui.textPlainTextEdit, text)
    dialog._ui.donePushButton.click()
    gone(sitting, dialog)


def test_a_task_is_put_on_record_by_keyboard_with_a_lead_found_by_pinyin(qtbot, sitting):
    window = to_tasks(sitting, "zhengjie")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    form = sitting.dialog(TaskForm)
    sitting.type_in(form._ui.textPlainTextEdit, TEXT)
    line = form._ui.leadComboBox.lineEdit()
    line.setFocus()
    qtbot.keyClicks(line, "sf")
    qtbot.keyClick(line.completer().popup(), Qt.Key.Key_Return)
    assert line.text().startswith("孙芳")
    form._ui.dueOnDateEdit.setDate(QDate(2026, 12, 11))
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    gone(sitting, form)
    shown = window.page._ui.matterTableView.model().row(0)
    assert (shown.title, shown.holder, shown.due_on) == ("老旧小区改造方案修改后印发", "孙芳 承办", date(2026, 12, 11))


def test_what_is_missing_is_said_under_its_field(qtbot, sitting):
    window = to_tasks(sitting, "zhengjie")
    window.page.start_new()
    form = sitting.dialog(TaskForm)
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    sitting.until(form._ui.textProblemLabel.isVisible)
    problems = [form.findChild(QLabel, f"{name}ProblemLabel").text() for name in ("text", "lead", "dueOn")]
    assert problems == ["请填写", "请填写主办单位或主办人", "请填写"]
    form.reject()
    sitting.rest()


def test_a_task_is_urged_answered_sent_back_and_struck_off(qtbot, sitting):
    task = given(sitting)
    to_tasks(sitting, "zhengjie")
    say(sitting, Action.URGE, "期限临近，请抓紧办理。")
    say(sitting, Action.REPORT, "方案已修改。")
    to_tasks(sitting, "liqiang")
    say(sitting, Action.RETURN, "请附印发文号。")
    assert rows(sitting)[0].state is State.HANDLING
    to_tasks(sitting, "zhengjie")
    say(sitting, Action.REPORT, "已印发，东住建〔2026〕9号。")
    to_tasks(sitting, "liqiang")
    say(sitting, Action.CLOSE, "经核实，同意销号。")
    said = [step.opinion for step in matters.card(sitting.office, task).steps if step.opinion]
    assert rows(sitting)[0].state is State.CLOSED
    assert said[-1] == "经核实，同意销号。"


def test_the_notice_is_shown_as_it_prints(qtbot, sitting):
    given(sitting)
    window = to_tasks(sitting, "zhengjie")
    window.page._ui.cardFrame.act(Action.PRINT)
    paper = sitting.dialog(PaperDialog)
    sitting.until(lambda: shows_pages(paper._ui.pagesPreview))
    assert paper._ui.paperTitleLabel.text().startswith("督办通知单")
    paper.reject()
