"""收文 through the window, by keyboard and mouse, on a real vault."""

from dataclasses import replace
from datetime import date

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deskoffice.domain.matters import Action, LinkKind, State
from deskoffice.domain.people import UnitDraft
from deskoffice.domain.steps import Nature
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.circulation.instruction import InstructionDialog
from deskoffice.usecases import matters, notes, people, phrases
from deskoffice.usecases.circulation import incoming


def open_form(main) -> IncomingForm:
    main.window.open_area("incoming:new")
    form = main.dialog(IncomingForm)
    main.settle()
    return form


def fill(main, form: IncomingForm, **typed: str) -> None:
    for name, text in typed.items():
        main.type_into(form._form.widget(name), text)


def titles(page) -> list[str]:
    model = page._ui.matterTableView.model()
    return [model.row(at).title for at in range(model.count)]


def test_a_paper_is_registered_by_keyboard_alone(main):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", document_number="东水〔2026〕44号", title="关于做好防汛抗旱工作的通知")
    main.qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    main.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    main.settle()
    assert titles(main.window.page) == ["关于做好防汛抗旱工作的通知"]
    assert "收〔2026〕1号" in main.window._ui.messageFrame.text


def test_what_was_just_entered_is_on_the_card(main, office):
    for title in ("关于先到工作的通知", "关于后到工作的通知"):
        changes = incoming.register(office, factories.incoming_draft(title=title, document_number=title))
        main.window.open_area("incoming")
        main.window.desk.note(changes)
        main.settle()
        assert main.window.page._ui.cardFrame.matter_id == changes.matter_ids[0]


def test_what_was_not_finished_can_be_put_aside_for_a_new_paper(main):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", title="关于做好防汛")
    form.reject()
    main.settle()
    again = open_form(main)
    main.qtbot.waitUntil(again._ui.restoredLabel.isVisible)
    again._ui.restoredLabel.linkActivated.emit("afresh")
    assert (again._ui.titleLineEdit.text(), again._ui.restoredLabel.isVisible()) == ("", False)
    assert again._ui.sourceUnitLineEdit.hasFocus()


def test_enter_goes_to_the_next_field(main):
    form = open_form(main)
    unit = form._form.widget("source_unit")
    fill(main, form, source_unit="县委办")
    main.qtbot.keyClick(unit, Qt.Key.Key_Return)
    assert form.focusWidget() is form._form.widget("document_number")


def test_what_is_missing_is_said_under_its_field_and_nothing_is_lost(main):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局")
    form._ui.registerPushButton.click()
    main.settle()
    assert form._ui.titleProblemLabel.text() == "请填写"
    assert form._form.widget("source_unit").text() == "东江市水利局"


def test_a_problem_leaves_the_fields_beside_it_in_their_line(main):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", title="关于演练的通知")
    form._form.show_problems({"copy_number": "copy_number_needed"})
    fields = [form._form.widget(name) for name in ("copy_number", "due_on", "post_kind")]
    main.qtbot.waitUntil(form._ui.copyNumberProblemLabel.isVisible)
    main.qtbot.waitUntil(lambda: len({field.y() for field in fields}) == 1)


def test_a_folded_field_with_a_problem_is_unfolded(main):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", title="通知")
    form._form.show_values({"document_date": "2026-12-01"})
    form._ui.registerPushButton.click()
    main.settle()
    assert form._ui.moreWidget.isVisible()
    assert form._ui.documentDateProblemLabel.text()


def test_a_second_copy_of_a_paper_is_noticed_while_typing(main, office):
    incoming.register(office, factories.incoming_draft())
    form = open_form(main)
    fill(main, form, source_unit="东江市人民政府办公室", document_number="东政办发[2026]41号")
    form._ui.titleLineEdit.setFocus()
    main.settle()
    assert "收〔2026〕1号" in form._ui.knownLabel.text()
    assert form._ui.knownFrame.isVisible()


def test_units_are_found_by_pinyin_letters(main, office):
    form = open_form(main)
    fill(main, form, source_unit="xzfb")
    expected = [unit.name for unit in main.window.desk.directory.units if unit.initials.startswith("xzfb")]
    offered = form._ui.sourceUnitLineEdit.completer().model()
    assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == expected[:12]


def test_what_was_being_typed_is_there_when_the_form_opens_again(main, office):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", title="关于做好防汛")
    form.reject()
    form._typing.keep()
    main.settle()
    again = open_form(main)
    main.qtbot.waitUntil(lambda: again._form.widget("title").text() == "关于做好防汛")
    assert again._ui.restoredLabel.isVisible()


def test_a_registered_paper_leaves_nothing_typed_behind(main, office):
    form = open_form(main)
    fill(main, form, source_unit="东江市水利局", title="关于做好防汛抗旱工作的通知")
    form._typing.keep()
    form._ui.registerPushButton.click()
    main.settle()
    assert notes.kept(office, "typing.incoming") == ""


@pytest.fixture
def proposed(main, office):
    """A paper that waits for 张伟's instruction, shown in the list."""
    changes = incoming.register(office, factories.incoming_draft(due_on=date(2026, 11, 23)))
    matter_id = changes.matter_ids[0]
    secretariat = factories.as_login(office, "zhaoming")
    incoming.propose(secretariat, matter_id, "请张伟副县长阅示。", [factories.person_id(office, "张伟")])
    main.window.open_area("incoming")
    main.settle()
    return matter_id


def test_the_card_shows_opinions_verbatim(main, proposed):
    timeline = main.window.page._ui.cardFrame._ui.timeline
    assert "“请张伟副县长阅示。”" in timeline.accessibleName()
    assert "未签收" in timeline.accessibleName()


def test_the_buttons_are_the_acts_allowed_now_the_likely_one_first(main, proposed, office):
    card = main.window.page._ui.cardFrame
    offered = main.window.desk.offered(card.card)
    assert offered == card.card.actions
    first = card._ui.actionsLayout.itemAt(0).widget()
    assert first.text() == "代录批示  Enter"


def record_instruction(main) -> InstructionDialog:
    main.window.page._ui.cardFrame.act(Action.RECORD_INSTRUCTION)
    dialog = main.dialog(InstructionDialog)
    main.settle()
    return dialog


def test_acts_with_long_names_are_never_cut_off(main, proposed):
    card = main.window.page._ui.cardFrame
    row = card._ui.actionsLayout
    card._show_actions(main.window.desk, replace(card.card, actions=(Action.RECORD_INSTRUCTION,) * 4))
    main.settle()
    buttons = [row.itemAt(at).widget() for at in range(row.count() - 1)]
    main.qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    assert "更多" in buttons[-1].text()


def test_whoever_was_led_to_one_paper_finds_the_whole_list_the_next_time(main, proposed, office):
    incoming.register(office, factories.incoming_draft(title="另一件", document_number="东办〔2026〕2号"))
    main.window.open_matter(matters.card(office, proposed).row)
    main.settle()
    page = main.window.page
    assert len(titles(page)) == 1
    main.window.open_area("home")
    main.settle()
    main.window.open_area("incoming")
    main.settle()
    assert (len(titles(page)), page._ui.searchLineEdit.text()) == (2, "")


def test_an_instruction_is_recorded_for_a_leader_and_said_so(main, proposed, office):
    dialog = record_instruction(main)
    assert dialog._ui.stepComboBox.currentText().startswith("张伟")
    main.type_into(dialog._ui.wordsPlainTextEdit, "请应急局今天下班前把值班表排好。")
    dialog._ui.donePushButton.click()
    main.settle()
    said = matters.card(office, proposed).steps[-1]
    assert (said.opinion, said.recorded_by) == ("请应急局今天下班前把值班表排好。", "王丽")
    assert "王丽 代录" in main.window.page._ui.cardFrame._ui.timeline.accessibleName()


def test_a_sentence_becomes_a_task_with_owner_and_day_by_one_key(main, proposed, office):
    people.add_unit(factories.as_login(office, "sysadmin"), UnitDraft("县应急管理局", "应急局"))
    main.window.desk.directory_changed.emit()
    main.settle()
    dialog = record_instruction(main)
    words = dialog._ui.wordsPlainTextEdit
    main.type_into(words, "同意。请应急局于11月27日前报送值班方案。")
    main.qtbot.keyClick(words, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert [(task.text, task.lead, task.due_on) for task in dialog._tasks] == [
        ("请应急局于11月27日前报送值班方案。", "县应急管理局", date(2026, 11, 27))
    ]
    dialog._ui.donePushButton.click()
    main.settle()
    link = matters.card(office, proposed).links[0]
    assert (link.kind, link.matter.unit, link.matter.due_on) == (LinkKind.CHASES, "县应急管理局", date(2026, 11, 27))


def test_words_for_one_leader_wait_while_the_others_are_typed(main, office):
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    leaders = [factories.person_id(office, name) for name in ("张伟", "李强")]
    incoming.propose(factories.as_login(office, "zhaoming"), matter_id, "请阅示。", leaders)
    main.window.open_area("incoming")
    main.settle()
    dialog = record_instruction(main)
    first = dialog._ui.stepComboBox.currentIndex()
    main.type_into(dialog._ui.wordsPlainTextEdit, "同意")
    dialog._ui.stepComboBox.setCurrentIndex(1 - first)
    main.type_into(dialog._ui.wordsPlainTextEdit, "请抓紧")
    dialog.reject()
    main.settle()
    again = record_instruction(main)
    main.qtbot.waitUntil(lambda: again._ui.wordsPlainTextEdit.toPlainText() == "请抓紧")
    again._ui.stepComboBox.setCurrentIndex(first)
    assert again._ui.wordsPlainTextEdit.toPlainText() == "同意"


def test_praise_is_a_list_of_its_own(main, proposed, office):
    incoming.instruct(factories.as_login(office, "zhangwei"), proposed, "做法很好，予以肯定。", Nature.PRAISE)
    main.window.open_area("instructions")
    main.settle()
    page = main.window.page
    assert page._ui.praisePushButton.text() == "肯定性批示 1"
    page._ui.praisePushButton.click()
    main.settle()
    assert "做法很好，予以肯定。" in page._ui.wordsLabel.text()
    page._ui.requestPushButton.click()
    main.settle()
    assert page._ui.emptyLabel.isVisible()


def test_a_refused_act_keeps_the_dialog_and_its_words(main, proposed):
    main.window.page._ui.cardFrame.act(Action.CIRCULATE)
    dialog = main.dialog(ActDialog)
    main.settle()
    main.type_into(dialog._ui.textPlainTextEdit, "请传阅")
    dialog._ui.donePushButton.click()
    main.settle()
    assert dialog.isVisible()
    assert dialog._ui.peopleProblemLabel.text() == "请填写"
    assert dialog.read().text == "请传阅"


def test_people_are_ticked_by_pinyin_and_enter(main, proposed, office):
    main.window.page._ui.cardFrame.act(Action.CIRCULATE)
    dialog = main.dialog(ActDialog)
    main.settle()
    offered = dialog._ui.peoplePicker._ui.choicesListView.model()
    people_offered = {offered.index(at, 0).data(Qt.ItemDataRole.UserRole).id for at in range(offered.rowCount())}
    assert people_offered.isdisjoint(main.window.desk.directory.officers)
    line = dialog._ui.peoplePicker._ui.filterLineEdit
    for letters in ("lq", "zm"):
        main.type_into(line, letters)
        main.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert {choice.text for choice in dialog._ui.peoplePicker.chosen()} == {"李强", "赵明"}
    dialog._ui.donePushButton.click()
    main.settle()
    assert matters.card(office, proposed).row.state is State.INSTRUCTION


def test_chips_narrow_the_list_and_count(main, proposed, office):
    incoming.register(office, factories.incoming_draft(document_number="", title="另一件", due_on=None))
    page = main.window.page
    page.refresh()
    main.settle()
    chips = page._chips._scope_chips
    assert chips["today"].text() == "今日应办 1"
    assert chips["all"].text() == "全部 2"
    chips["today"].click()
    main.settle()
    assert titles(page) == ["关于做好汛期值班值守工作的通知"]


def test_the_place_in_the_list_is_kept_on_return(main, office):
    for number in range(1, 91):
        incoming.register(office, factories.incoming_draft(document_number="", title=f"第{number}件"))
    main.window.open_area("incoming")
    main.settle()
    table = main.window.page._ui.matterTableView
    table.setCurrentIndex(table.model().index(75, 0))
    main.settle()
    before = main.window.page._ui.cardFrame.card.row.id
    main.window.open_area("home")
    main.settle()
    main.window.open_area("incoming")
    main.settle()
    assert table.currentIndex().row() == 75
    assert main.window.page._ui.cardFrame.card.row.id == before


def test_rows_far_down_arrive_when_they_come_into_view(main, office):
    for number in range(1, 141):
        incoming.register(office, factories.incoming_draft(document_number="", title=f"第{number}件"))
    main.window.open_area("incoming")
    main.settle()
    model = main.window.page._ui.matterTableView.model()
    assert model.row(139) is None
    main.qtbot.waitUntil(lambda: model.row(139) is not None)
    assert model.row(139).title == "第1件"


def test_search_narrows_the_list_by_the_text_of_opinions(main, proposed, office):
    incoming.register(office, factories.incoming_draft(document_number="", title="无关的一件"))
    page = main.window.page
    main.type_into(page._ui.searchLineEdit, "副县长阅示")
    main.qtbot.waitUntil(lambda: page._ids is not None)
    main.settle()
    assert titles(page) == ["关于做好汛期值班值守工作的通知"]


def test_an_empty_list_says_why_and_offers_the_next_step(main):
    main.window.open_area("incoming")
    main.settle()
    page = main.window.page
    page._chips.clear()
    main.settle()
    assert page._ui.emptyLabel.isVisible()
    assert page._ui.emptyPushButton.isVisible()


def test_the_banner_shows_the_highest_level_in_view(main, office):
    incoming.register(office, factories.incoming_draft())
    secret = {"level": Classification.SECRET, "secrecy_years": 20, "copy_number": "000017", "document_number": ""}
    incoming.register(office, factories.incoming_draft(**secret))
    main.window.open_area("incoming")
    main.settle()
    assert main.window._ui.bannerLabel.text() == "本页最高密级：机密"
    assert main.window._ui.bannerLabel.isVisible()


def test_own_phrases_are_kept_and_put_in_by_key(main, proposed, office):
    phrases.add(office, "incoming.催办", "请于今日十七时前书面反馈。")
    main.window.page._ui.cardFrame.act(Action.URGE)
    dialog = main.dialog(ActDialog)
    main.settle()
    words = dialog._ui.textPlainTextEdit
    main.qtbot.keyClick(words, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert words.toPlainText() == "请于今日十七时前书面反馈。"
    assert phrases.own(factories.as_login(office, "zhaoming"), "incoming.催办") == ()


def test_the_deadline_follows_the_urgency_and_says_how_it_was_reckoned(main):
    form = open_form(main)
    box = form._ui.urgencyComboBox
    box.setCurrentIndex(box.findData(Urgency.URGENT))
    box.activated.emit(box.currentIndex())
    main.settle()
    assert form._form.read().due_on == date(2026, 11, 26)
    assert "加急 3 个工作日" in form._ui.dueOnLabel.text()
