"""A draft and its form belong together, field by field."""

from dataclasses import dataclass, fields
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from deskoffice._generated.circulation.incoming_form import Ui_IncomingForm
from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.forms import FormBinding, camel


@pytest.fixture
def form(qtbot, look):
    dialog = QDialog()
    Ui_IncomingForm().setupUi(dialog)
    qtbot.addWidget(dialog)
    yield FormBinding(dialog, IncomingDraft)
    dialog.close()


FULL = IncomingDraft(
    source_unit="东江市水利局",
    title="关于做好防汛抗旱工作的通知",
    received_on=date(2026, 11, 23),
    document_number="东水〔2026〕44号",
    level=Classification.SECRET,
    secrecy_years=20,
    urgency=Urgency.VERY_URGENT,
    due_on=date(2026, 11, 26),
    post_kind=PostKind.SUPERIOR,
    document_date=date(2026, 11, 20),
    copy_number="000017",
    copies=2,
    pages=6,
    addressee="各乡镇人民政府",
    must_return=True,
    retention="30年",
)


def test_every_field_of_the_draft_has_its_widgets(form):
    assert {one.name for one in form._bound} == {one.name for one in fields(IncomingDraft)}


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(FULL, id="everything filled"),
        pytest.param(IncomingDraft("县委办", "通知", date(2026, 11, 23)), id="only what must be"),
    ],
)
def test_what_is_shown_is_what_is_read(form, draft):
    form.show(draft)
    assert form.read() == draft


def test_what_is_typed_survives_even_when_it_is_no_draft(form):
    form.show(FULL)
    form.widget("secrecy_years").setText("二十")
    kept = form.values()
    form.show(IncomingDraft("", "", date(2026, 1, 1)))
    form.show_values(kept)
    assert form.widget("secrecy_years").text() == "二十"
    assert form.widget("document_number").text() == "东水〔2026〕44号"


def test_problems_stand_under_their_fields_and_go_away(form):
    assert form.show_problems({"title": "required"})
    label = next(one.problem for one in form._bound if one.name == "title")
    assert label.text() == "请填写"
    form.show_problems({})
    assert label.text() == ""


def test_a_problem_goes_when_its_field_is_typed_in(form, qtbot):
    form.show_problems({"title": "required"})
    qtbot.keyClicks(form.widget("title"), "a")
    assert next(one.problem for one in form._bound if one.name == "title").text() == ""


def test_a_problem_without_a_field_is_told(form):
    assert not form.show_problems({"elsewhere": "required"})


def test_a_form_without_a_problem_label_is_refused(qtbot):
    @dataclass
    class Draft:
        title: str

    dialog = QDialog()
    qtbot.addWidget(dialog)
    line = QLineEdit(dialog)
    line.setObjectName("titleLineEdit")
    with pytest.raises(LookupError):
        FormBinding(dialog, Draft)
    label = QLabel(dialog)
    label.setObjectName("titleProblemLabel")
    assert FormBinding(dialog, Draft).read() == Draft("")


@pytest.mark.parametrize(("name", "stem"), [("received_on", "receivedOn"), ("title", "title")])
def test_names_follow_one_rule(name, stem):
    assert camel(name) == stem
