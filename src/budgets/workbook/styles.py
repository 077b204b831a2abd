"""How cells look: every format of the workbook by its name, made once each."""

from functools import cached_property
from typing import Any

FONT = "맑은 고딕"
NUMBER = {"ko": "#,##0;△#,##0;0", "en": "#,##0;-#,##0;0"}
ONE_DECIMAL = {"ko": "#,##0.0;△#,##0.0;0.0", "en": "#,##0.0;-#,##0.0;0.0"}
DECIMAL = {"ko": "#,##0.0##;△#,##0.0##;0", "en": "#,##0.0##;-#,##0.0##;0"}
PERCENT = {"ko": "#,##0.0;△#,##0.0;0.0", "en": "#,##0.0;-#,##0.0;0.0"}
SHARE = {"ko": "#,##0.000;△#,##0.000;0.000", "en": "#,##0.000;-#,##0.000;0.000"}

LINE = "#C8CDD2"
_BODY = {"valign": "vcenter", "bottom": 1, "bottom_color": LINE}
_NUMBER = _BODY | {"align": "right", "shrink": True}
_HEAD = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#E9EEF4"}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15},
    "heading": {"bold": True, "font_size": 12},
    "subheading": {"bold": True},
    "unit": {"align": "right", "font_size": 9},
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "says": {"text_wrap": True, "valign": "top"},
    "head": _HEAD | {"top": 2, "bottom": 1},
    "head_top": _HEAD | {"top": 2},
    "head_group": _HEAD | {"top": 2, "bottom": 1, "bottom_color": LINE, "align": "center_across", "text_wrap": False},
    "head_bottom": _HEAD | {"bottom": 1},
    "aside": {"font_size": 9, "font_color": "#7F7F7F", "align": "right"},
    "aside_text": {"font_size": 9, "font_color": "#7F7F7F"},
    "id": _BODY | {"indent": 1, "font_size": 8},
    "text": _BODY | {"text_wrap": True, "indent": 1},
    "plain": _BODY | {"indent": 1},
    "centre": _BODY | {"align": "center", "text_wrap": True},
    "missing": _BODY | {"align": "right", "font_color": "#7F7F7F"},
    "number": _NUMBER,
    "amount": _NUMBER,
    "decimal": _NUMBER,
    "percent": _NUMBER,
    "share": _NUMBER,
    "factor": _NUMBER | {"num_format": "0.0000"},
    "index": _NUMBER | {"num_format": "0.000"},
    "year": _BODY | {"align": "center", "num_format": "0"},
    "choice": _BODY | {"align": "center", "bg_color": "#FFF2CC", "border": 1, "border_color": "#BF9000", "num_format": "General"},
    "link": _BODY | {"font_color": "#0B5394", "underline": 1, "text_wrap": True},
    "link_number": _BODY | {"font_color": "#0B5394", "underline": 1, "align": "right"},
    "jump": {"font_color": "#0B5394", "underline": 1, "font_size": 9},
}
WRAPPED = {name for name, properties in STYLES.items() if properties.get("text_wrap")}
NUMBER_FORMATS = {"number": NUMBER, "amount": NUMBER, "decimal": DECIMAL, "percent": PERCENT, "share": SHARE}


class Styles:
    """The formats of one workbook by name, made when first used; no name is no format.

    ``risky`` keeps a text that looks like a formula a text when a person edits its cell.
    """

    def __init__(self, file: Any, language: str) -> None:
        self._file, self._language = file, language
        self.plain, self.risky = _Formats(file, language, {}), _Formats(file, language, {"quote_prefix": True})

    def __call__(self, name: str) -> Any:
        return self.plain[name]

    @cached_property
    def one_decimal(self) -> Any:
        """The number format that takes over when the rounding unit shows one decimal."""
        return self._file.add_format({"num_format": ONE_DECIMAL[self._language]})


class _Formats(dict[str, Any]):
    def __init__(self, file: Any, language: str, also: dict[str, Any]) -> None:
        super().__init__({"": None})
        self._file, self._language, self._also = file, language, also

    def __missing__(self, name: str) -> Any:
        shown = {"num_format": NUMBER_FORMATS[name][self._language]} if name in NUMBER_FORMATS else {}
        return self.setdefault(name, self._file.add_format(STYLES[name] | shown | self._also))
