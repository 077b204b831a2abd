"""What a text that people keep may not hold: what nobody sees, letters that only look like others, formulas."""

import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
"""Unicode's categories of control, formatting (with the marks that turn the direction), private, unassigned, and of what
separates lines and paragraphs: one program begins a new line there and the next does not."""
_PLAIN = re.compile(r"[\n -~가-힣]*")
_WORD = re.compile(r"\w+")
_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ", "ABESIJKMHOPCTYXaeijopcyxsABEZHIKMNOPTYXov")
_FORMULA = re.compile(r"[=@]\s*[A-Za-z_][\w.]*\s*\(|[=@+\-].*\|.*!")


def refusal(text: str) -> tuple[str, dict[str, object]] | None:
    """The key of the words that say why *text* may not stand in a table, with their fields; None if it may.

    >>> refusal("AI 허브 ①"), refusal("=인천, 인공지능 놀이터"), refusal("플러스 α")
    (None, None, None)
    >>> refusal("A\\u202eI"), refusal("АI 허브"), refusal('=HYPERLINK("http://x")')  # the first letter is Cyrillic
    (('contract.unseen', {'code': 'U+202E'}), ('contract.alike', {'word': 'АI', 'meant': 'AI'}), ('contract.formula', {}))
    """
    if not _PLAIN.fullmatch(text):
        for char in text:
            if char != "\n" and unicodedata.category(char) in _UNSEEN:
                return "contract.unseen", {"code": f"U+{ord(char):04X}"}
        for word in _WORD.findall(text):
            if (meant := word.translate(_ALIKE)) != word and meant.isascii():
                return "contract.alike", {"word": word, "meant": meant}
    return ("contract.formula", {}) if _FORMULA.match(text) else None
