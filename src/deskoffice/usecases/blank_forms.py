"""Which forms and books can be printed blank, in the groups in which an office looks for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskoffice.paper.forms import FORMS
from deskoffice.paper.forms.registers import REGISTERS

SHEETS_OF_KEYS = frozenset({"recovery_share", "backup_key", "exchange_code"})
"""Never blank: what stands on them is made by the program alone."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "收文": (
        *("incoming_register", "handling_slip", "circulation_sheet", "urge_slip", "courier_receipt"),
        *("return_slip", "return_register", "return_bulletin"),
    ),
    "发文": ("issue_sheet", "outgoing_register", "distribution_list"),
    "用印": (
        *("seal_request", "seal_register", "seal_loan", "seal_handover", "seal_inventory", "seal_imprints"),
        *("seal_ending", "seal_check", "seal_counts"),
    ),
    "会前": (
        *("meeting_request", "topic_request", "agenda", "meeting_notice", "notice_log", "meeting_duties"),
        *("place_cards", "seat_plan", "meeting_plan", "leader_week"),
    ),
    "会中和会后": (
        *("sign_in_sheet", "meeting_materials", "phone_deposit", "meeting_record", "major_vote", "minutes_extract"),
        *("decision_list", "meeting_register", "meeting_comparison", "week_list"),
    ),
    "督办": ("supervision_notice", "supervision_register"),
    "归档": ("filing_stamp", "catalogue_cover", "filing_catalogue", "box_note", "loan_register"),
    "涉密载体": ("copy_register", "return_list", "destruction_list", "exchange_list", "exchange_receipt"),
    "其他": ("post_hand_over", "restore_steps", "calibration"),
}

OTHER_NAMES = {"catalogue_cover": "归档文件目录封面"}
"""The cover bears the title of the book that it covers."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form or book by its code."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class BlankGroup:
    """What one part of the office's work is written on."""

    name: str
    forms: tuple[BlankForm, ...]


def groups() -> tuple[BlankGroup, ...]:
    """Every form and book that can be printed blank, each once."""
    titles = {code: form.title for code, form in FORMS.items()}
    titles |= {code: register.title for code, register in REGISTERS.items()} | OTHER_NAMES
    return tuple(
        BlankGroup(name, tuple(BlankForm(code, titles[code]) for code in codes)) for name, codes in GROUPS.items()
    )
