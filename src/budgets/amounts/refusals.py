"""Why a text is no amount: the kinds of text people mistake for one. Asked only after reading has failed."""

import re

_KINDS = {
    "negative": r"^[-−–—‑△▲▽▼]\s*\D{0,3}[0-9]",
    "foreign": r"[$€¥£₽₹฿元]|달러|유로|위안|엔화|파운드|루블|루피|프랑|페소|[0-9십백천만억조]\s*(?:엔|불)(?![가-힣])"
    r"|(?<![A-Za-z])(?:USD|EUR|JPY|CNY|RMB|GBP|HKD|SGD|CHF|AUD|CAD|TWD|dollars?|euros?|yen|yuan)(?![A-Za-z])",
    "vague": r"(?:수|몇|여러)\s*[십백천만억조]|[0-9십백천]\s*수\s*[억만조명개]"
    r"|^(?:약\s*)?(?:몇|여러|두세|서너|수\s*[명개곳])",
    "phone": r"(?<![0-9])0[0-9]{1,3}[-.) ]\s*[0-9]{3,4}[-. ][0-9]{4}|(?<![0-9])1[0-9]{3}-[0-9]{4}(?![0-9])",
    "date": r"[0-9]\s*[년월]|(?:19|20)[0-9]{2}\s*[-./~∼]\s*[0-9]{1,4}|[0-9]{1,2}[.]\s*[0-9]{1,2}[.]"
    r"|[0-9]{1,2}:[0-9]{2}|'[0-9]{2}",
    "ordinal": r"제\s*[0-9]|[0-9]\s*(?:차|위|등|호|번째|단계|회째|년차|급|항|조항)",
}
_PATTERNS = {reason: re.compile(pattern, re.IGNORECASE) for reason, pattern in _KINDS.items()}
_NUMBER_WORD = re.compile(r"[0-9일이삼사오육칠팔구십백천만억조두세네]")


def reason_against(text: str) -> str | None:
    """The reason (a key of ``words/amounts.toml``) why *text* is no amount; None if only its reader knows.

    >>> reason_against("제28회"), reason_against("3억 달러"), reason_against("2026년")
    ('ordinal', 'foreign', 'date')
    """
    for reason, pattern in _PATTERNS.items():
        if pattern.search(text):
            return reason
    return None if _NUMBER_WORD.search(text) else "no_number"
