"""The look: colours of the light and the dark set, type, and the style sheet made of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from string import Template

from PySide6.QtCore import QFile, QIODevice, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QTableView, QWidget

import deskoffice._generated.resources_rc  # noqa: F401 - registers :/icons and :/qss
from deskoffice.domain.values import Classification, Urgency

FAMILIES = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "WenQuanYi Zen Hei"]
"""Named: under LANG=C the fallback draws Japanese forms of Chinese characters."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A word's colour and the ground under it."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one set; the dark set answers the light one name by name."""

    ground: str
    surface: str
    line: str
    input_line: str
    text: str
    secondary: str
    faint: str
    action: str
    action_hover: str
    action_text: str
    button_line: str
    focus: str
    hover: str
    navigation: str
    nav_current: str
    nav_current_text: str
    nav_edge: str
    nav_text: str
    nav_faint: str
    status: str
    selection: str
    chip_line: str
    alternate: str
    header: str
    scroll: str
    bar_light: str
    message_ground: str
    message_line: str
    overdue: str
    soon: str
    done: str
    level1_banner: str
    level2_banner: str
    level3_banner: str
    level4_banner: str
    levels: Mapping[Classification, Ink] = field(default_factory=dict)
    urgencies: Mapping[Urgency, Ink] = field(default_factory=dict)


LIGHT = Tokens(
    ground="#F3F5F8",
    surface="#FFFFFF",
    line="#DDE3EA",
    input_line="#C9D1DB",
    text="#1D2430",
    secondary="#5A6675",
    faint="#667180",
    action="#1F5FA8",
    action_hover="#1A528F",
    action_text="#FFFFFF",
    button_line="#B8C2CE",
    focus="#2B6CB0",
    hover="#F0F4F9",
    navigation="#16324F",
    nav_current="#204B75",
    nav_current_text="#17497F",
    nav_edge="#E8B04A",
    nav_text="#E6EDF5",
    nav_faint="#9FB3C8",
    status="#E8ECF1",
    selection="#DCEBFA",
    chip_line="#8FB4DC",
    alternate="#FAFBFD",
    header="#F7F9FB",
    scroll="#C3CCD6",
    bar_light="#9DBFE4",
    message_ground="#E9F5EC",
    message_line="#9CCBA6",
    overdue="#B3261E",
    soon="#9A5200",
    done="#2E7D32",
    level1_banner="#45505E",
    level2_banner="#9A5200",
    level3_banner="#A61B1B",
    level4_banner="#7A0F1E",
    levels={
        Classification.INTERNAL: Ink("#45505E", "#EEF1F5"),
        Classification.CONFIDENTIAL: Ink("#9A5200", "#FFF3E0"),
        Classification.SECRET: Ink("#A61B1B", "#FDECEA"),
        Classification.TOP_SECRET: Ink("#7A0F1E", "#FBE9EB"),
    },
    urgencies={
        Urgency.NORMAL: Ink("#45505E", "#EEF1F5"),
        Urgency.URGENT: Ink("#9A5200", "#FFE7C2"),
        Urgency.VERY_URGENT: Ink("#FFFFFF", "#C62828"),
        Urgency.MOST_URGENT: Ink("#FFFFFF", "#8E1B1B"),
    },
)

DARK = Tokens(
    ground="#14181E",
    surface="#1C222A",
    line="#323B46",
    input_line="#465260",
    text="#E4E9EF",
    secondary="#A3AFBC",
    faint="#8F9BA8",
    action="#2F74C2",
    action_hover="#3A82D3",
    action_text="#FFFFFF",
    button_line="#4B5866",
    focus="#63A0E0",
    hover="#252D37",
    navigation="#0F1A27",
    nav_current="#1E3E60",
    nav_current_text="#8FC0F2",
    nav_edge="#E8B04A",
    nav_text="#D8E2EC",
    nav_faint="#8398AD",
    status="#10141A",
    selection="#213A56",
    chip_line="#3F6A98",
    alternate="#1F262F",
    header="#20272F",
    scroll="#4B5866",
    bar_light="#44688F",
    message_ground="#1B3323",
    message_line="#3E6B4A",
    overdue="#FF8A80",
    soon="#F2B25C",
    done="#7CCB84",
    level1_banner="#45505E",
    level2_banner="#9A5200",
    level3_banner="#A61B1B",
    level4_banner="#7A0F1E",
    levels={
        Classification.INTERNAL: Ink("#C6D0DB", "#323B46"),
        Classification.CONFIDENTIAL: Ink("#FFC46B", "#45331A"),
        Classification.SECRET: Ink("#FF9C92", "#4A1F1F"),
        Classification.TOP_SECRET: Ink("#FFA3B1", "#4D1420"),
    },
    urgencies={
        Urgency.NORMAL: Ink("#C6D0DB", "#323B46"),
        Urgency.URGENT: Ink("#FFC46B", "#4A3514"),
        Urgency.VERY_URGENT: Ink("#FFFFFF", "#C62828"),
        Urgency.MOST_URGENT: Ink("#FFFFFF", "#8E1B1B"),
    },
)


class _StyleTemplate(Template):
    delimiter = "@"


def speak_chinese() -> None:
    """Before the application is made: some of Qt's dates keep the locale they were born with."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))


def prepare(app: QApplication) -> None:
    """Words of Qt's own buttons, type and window icon."""
    speak_chinese()
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setStyle("Fusion")
    app.setFont(text_font())
    app.setWindowIcon(QIcon(":/icons/desk.svg"))


def wear(app: QApplication, tokens: Tokens) -> None:
    """Paint the whole program in one set of colours."""
    sheet = style_sheet(tokens)
    # Worn once more it would be reckoned anew for every widget.
    if app.styleSheet() != sheet:
        app.setPalette(palette(tokens))
        app.setStyleSheet(sheet)


@cache
def text_font(pixels: int = 14, *, bold: bool = False) -> QFont:
    """The type of the interface in a size of the look; made once, since rows are painted by the hundred."""
    font = QFont(FAMILIES)
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.Bold)
    return font


@cache
def text_metrics(pixels: int = 14, *, bold: bool = False) -> QFontMetrics:
    """The measures of `text_font`."""
    return QFontMetrics(text_font(pixels, bold=bold))


def know_widgets() -> None:
    """PySide learns all classes of widgets when it first meets one it cannot name: before the window."""
    QTableView().viewport()


def keep_place(widget: QWidget) -> None:
    """A thing that comes and goes takes its place also while it is not seen: nothing beside it moves or is redrawn."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def palette(tokens: Tokens) -> QPalette:
    """For what no style sheet reaches: Qt's own dialogs, calendars and placeholders."""
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.alternate,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.surface,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.faint,
        QPalette.ColorRole.Highlight: tokens.action,
        QPalette.ColorRole.HighlightedText: tokens.action_text,
        QPalette.ColorRole.Link: tokens.nav_current_text,
        QPalette.ColorRole.Mid: tokens.line,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The template of resources/qss with this set's colours; a name the set lacks raises KeyError."""
    source = QFile(":/qss/desk.qss")
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    template = bytes(source.readAll().data()).decode()
    names = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    for level, ink in tokens.levels.items():
        names[f"level{level.value}_text"] = ink.text
        names[f"level{level.value}_ground"] = ink.ground
    return _StyleTemplate(template).substitute(names)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and paint the widget again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
